package org.pombal.acceptance;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pombal.commands.Column;
import org.pombal.commands.CommandCatalog;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.cassandra.CassandraGeoDb;

/**
 * Every command of the reference with each of its parameters, on real nodes with a real GeoDB and Dovecots beside: typed as in a
 * shell and sent over HTTP. Both must have the same effect in GeoDB and the same rows.
 *
 * <p>What looks through all sites comes first, since each case that changes something leaves two more.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EveryClusterCommandTest {

    private static final CommandReference REFERENCE = CommandReference.read();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Another at each call: how old and how much a node's memory is, and what counts the calls before. */
    private static final Set<String> FLEETING = Set.of("age", "lag", "lasts", "refreshed", "version", "created");

    private Lab lab;
    private GeoDb geoDb;
    private CommandSender sender;
    private Map<String, String> things;
    private CommandWorld common;
    private CompletableFuture<CommandWorld> next;

    /** The number of the backend that the user is on; the other is used for --self. */
    private int served;

    @BeforeAll
    void start(@TempDir Path folder) {
        lab = Lab.startSmall(
                "commands",
                "127.0.71",
                Map.of("cluster_report_interval", "1s", "cluster_backend_test_username", "probe-%{backend_host}"));
        geoDb = CassandraGeoDb.connect(lab.site().plan().geoDb());
        sender = new CommandSender(REFERENCE, folder);
        String user = "alice@example.org";
        lab.awaitServed(1, user);
        String backend = lab.rows().backendOf(user).orElseThrow();
        served = backend.equals("backend1") ? 1 : 2;
        String self = lab.site().plan().backendHost(3 - served);
        things = Map.of(
                "lab", "commands",
                "labuser", user,
                "labgroup", lab.rows().user(user).orElseThrow().home().name(),
                "labbackend", lab.site().plan().backendHost(served),
                "labip", lab.site().plan().backendAddress(served),
                "self", self,
                "selfid", lab.rows().backendId(self),
                "userdb", lab.site().proxy(1).baseDir().resolve("auth-userdb").toString());
        next = CompletableFuture.supplyAsync(this::made);
        common = world();
    }

    @AfterAll
    void stop() {
        next.join();
        geoDb.close();
        lab.close();
    }

    /** A new one. The next is made meanwhile. */
    private CommandWorld world() {
        CommandWorld ready = next.join();
        next = CompletableFuture.supplyAsync(this::made);
        return ready;
    }

    private CommandWorld made() {
        CommandWorld world = new CommandWorld(geoDb, lab, things);
        world.enter();
        return world;
    }

    private Path socket(CommandCase.Node node) {
        return (node == CommandCase.Node.PROXY ? lab.site().node(1) : lab.site().backendNode(3 - served))
                .doveadmSocket();
    }

    static Stream<CommandCase> cases() {
        return Stream.of(
                        NodeCases.proxies(),
                        BackendCases.all(),
                        GroupCases.all(),
                        SiteCases.all(),
                        ForceMoveCases.all(),
                        UserCases.all(),
                        NodeCases.all())
                .flatMap(cases -> cases);
    }

    @Test
    void no_command_and_no_parameter_of_the_reference_is_without_a_case() {
        Set<String> covered = cases().flatMap(call -> Stream.concat(
                        Stream.of(call.command()),
                        call.parameters().keySet().stream().map(name -> call.command() + " " + name)))
                .collect(toSet());
        assertThat(REFERENCE.uses()).isNotEmpty().isSubsetOf(covered);
    }

    @ParameterizedTest
    @MethodSource("cases")
    @Order(2)
    void does_and_prints_the_same_when_typed_and_when_sent(CommandCase call) {
        CommandAnswer typed = run(call, sender::byLauncher);
        CommandAnswer sent = run(call, sender::byHttp);

        assertThat(typed.rows()).isEqualTo(sent.rows());
        assertThat(typed.exitCode()).isEqualTo(sent.exitCode());
        assertThat(typed.complaints()).isEqualTo(sent.complaints());
    }

    private interface Way {
        CommandAnswer run(Path socket, CommandCase call, CommandWorld world);
    }

    /** Runs a case in a world of its own if it changes something; the answer is in words that all worlds share. */
    private CommandAnswer run(CommandCase call, Way way) {
        CommandWorld world = call.changes() ? world() : common;
        call.given().accept(world);
        CompletableFuture<Void> meanwhile =
                CompletableFuture.runAsync(() -> call.meanwhile().accept(world));
        CommandAnswer answer = way.run(socket(call.node()), call, world);
        meanwhile.join();

        assertThat(answer.exitCode()).as(answer.toString()).isEqualTo(call.exitCode());
        assertThat(answer.complaints())
                .as(answer.toString())
                .hasSize(
                        call.exitCode() == 0
                                ? 0
                                : Math.max(1, answer.complaints().size()));
        assertThat(String.join("\n", answer.complaints())).contains(call.message());
        assertShown(call, answer, world);
        call.effect().accept(world);
        return inCommonWords(answer, world);
    }

    private static void assertShown(CommandCase call, CommandAnswer answer, CommandWorld world) {
        List<String> columns = CommandCatalog.find(call.command()).orElseThrow().columns().stream()
                .map(Column::title)
                .toList();
        assertThat(answer.rows()).allSatisfy(row -> assertThat(row.keySet()).containsExactlyElementsOf(columns));
        List<String> wanted = call.shown().stream().map(world::fill).toList();
        if (!wanted.isEmpty()) {
            assertThat(answer.rows()).anySatisfy(row -> assertThat(fields(row)).containsAll(wanted));
        }
    }

    private static List<String> fields(Map<String, Object> row) {
        return row.entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .toList();
    }

    private static CommandAnswer inCommonWords(CommandAnswer answer, CommandWorld world) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Map<String, Object> row : answer.rows()) {
            Map<String, Object> plain = new LinkedHashMap<>();
            row.forEach((name, value) -> plain.put(
                    name, FLEETING.contains(name) ? "" : value instanceof String text ? world.unfill(text) : value));
            rows.add(plain);
        }
        // Lists also have the rows of other calls.
        List<Map<String, Object>> ours = rows.stream()
                .filter(row -> row.values().stream()
                        .anyMatch(value -> String.valueOf(value).contains("{")))
                .toList();
        return new CommandAnswer(
                answer.exitCode(),
                ours.isEmpty() ? rows : ours,
                answer.errorType(),
                answer.complaints().stream().map(world::unfill).toList(),
                List.of());
    }

    static Stream<CommandCase> refused() {
        return RefusedCases.all();
    }

    @ParameterizedTest
    @MethodSource("refused")
    @Order(1)
    void says_in_one_line_what_is_wrong_and_changes_nothing(CommandCase call) {
        CommandWorld world = call.isPrepared() ? world() : common;
        call.given().accept(world);
        String before = world.everything();

        CommandSender.Printed printed = sender.launch(socket(call.node()), call, world);
        CommandAnswer sent = sender.byHttp(socket(call.node()), call, world);

        String complaint = world.fill(call.message());
        assertThat(printed.exitCode()).as(printed.toString()).isEqualTo(call.exitCode());
        assertThat(printed.out()).isIn("", "[]");
        assertThat(printed.err().lines().filter(line -> line.startsWith("pombal: ")))
                .singleElement()
                .asString()
                .contains(complaint);
        assertThat(sent.exitCode()).as(sent.toString()).isEqualTo(call.exitCode());
        assertThat(sent.errorType()).isEqualTo(call.errorType());
        assertThat(sent.complaints()).singleElement().asString().contains(complaint);
        assertThat(world.everything()).isEqualTo(before);
    }

    @Test
    void without_geodb_commands_end_with_75_and_are_well_again_with_it() {
        Path socket = socket(CommandCase.Node.PROXY);
        List<CommandCase> calls = List.of(
                CommandCase.of("cluster site list"),
                CommandCase.of("cluster user status").with("user", "{user}"),
                CommandCase.of("cluster backend add").with("site", "{site}").with("host", "{new}"));
        lab.geoDbLine().cut();
        try {
            for (CommandCase call : calls) {
                for (Way way : List.<Way>of(sender::byLauncher, sender::byHttp)) {
                    CommandAnswer answer = way.run(socket, call, common);
                    assertThat(answer.exitCode()).as(answer.toString()).isEqualTo(75);
                    assertThat(answer.complaints()).singleElement().asString().contains("GeoDB");
                }
            }
        } finally {
            lab.geoDbLine().repair();
        }
        await().atMost(PATIENCE)
                .until(() -> sender.byHttp(socket, calls.get(0), common).exitCode() == 0);
        assertThat(common.backend("{new}")).isEmpty();
    }

    @Test
    void other_commands_of_doveadm_go_to_the_backend_of_the_user_they_name() {
        String user = common.fill("{labuser}");
        lab.deliver(1, user);
        assertThat(CommandSender.post(
                        socket(CommandCase.Node.PROXY),
                        "[[\"mailboxStatus\",{\"user\":\"" + user
                                + "\",\"mailboxMask\":[\"INBOX\"],\"field\":[\"messages\"]},\"tag\"]]"))
                .contains("doveadmResponse", "\"mailbox\":\"INBOX\"", "\"messages\":\"1\"", "\"tag\"");
    }

    @ParameterizedTest
    @MethodSource("wrongLines")
    void a_wrong_line_ends_with_the_documented_exit_code_and_says_why(WrongLine line) {
        Path socket = socket(CommandCase.Node.PROXY);
        String program = "pombal() { " + quoted(Product.command()) + " \"$@\"; }";
        CommandSender.Printed printed = CommandSender.run(
                List.of("bash", "-c", "export POMBAL_SOCKET='" + socket + "'; " + program + "; " + line.shell()));
        assertThat(printed.exitCode()).as(printed.toString()).isEqualTo(line.exitCode());
        assertThat(printed.err().lines()).singleElement().asString().contains(line.says());
    }

    /** What a shell can do and HTTP cannot. */
    record WrongLine(String shell, int exitCode, String says) {}

    private static String quoted(List<String> words) {
        return "'" + String.join("' '", words) + "'";
    }

    static Stream<WrongLine> wrongLines() {
        String run = "pombal cluster ";
        return Stream.of(
                new WrongLine(run + "backend lst", 64, "'lst'"),
                new WrongLine(run + "site list --wait", 64, "'--wait'"),
                new WrongLine(run + "backend update b1 --load-factor", 64, "--load-factor"),
                new WrongLine(run + "user access -F /nonexistent", 65, "/nonexistent"),
                new WrongLine(run + "user access -F /dev/null", 65, "/dev/null"),
                new WrongLine(run + "user access -F <(printf '\\n\\n')", 65, "no user"),
                new WrongLine(run + "user access -F <(printf '\\nnobody\\n\\n')", 67, "no user 'nobody'"),
                new WrongLine(run + "user access -F <(printf 'caf\\xe9\\n')", 65, "line 1 of "),
                new WrongLine(run + "kick $'caf\\xe9'", 64, "user is"),
                new WrongLine(run + "site list --socket /nonexistent", 75, "/nonexistent"));
    }
}
