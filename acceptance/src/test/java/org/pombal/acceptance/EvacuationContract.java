package org.pombal.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.pombal.demo.mail.ImapClient;
import org.pombal.demo.mail.MailException;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.Listener;

/** A backend is emptied while users are on it, and others only pass through it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EvacuationContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int NOT_POSSIBLE = 65;

    private final DovecotVersion version;
    private final String network;
    private Lab lab;

    EvacuationContract(DovecotVersion version, String network) {
        this.version = version;
        this.network = network;
    }

    @BeforeAll
    void start() {
        lab = Lab.start(
                version,
                "evac" + version.toString().replace(".", ""),
                network,
                Optional.empty(),
                Map.of("cluster_default_group_count", String.valueOf(Lab.FEW_GROUPS)));
    }

    @AfterAll
    void stop() {
        lab.close();
    }

    private CommandSender.Printed cluster(String... words) {
        return CommandSender.run(command(words));
    }

    private List<String> command(String... words) {
        List<String> command = new ArrayList<>(Product.command());
        command.addAll(List.of("-f", "json", "cluster"));
        command.addAll(List.of(words));
        command.addAll(List.of("--socket", lab.site().node(1).doveadmSocket().toString()));
        return command;
    }

    private String host(int backend) {
        return lab.site().plan().backendHost(backend);
    }

    private String status(int backend) {
        return cluster("backend", "status", host(backend)).out();
    }

    /** The first of many users whom this backend serves. */
    private String userOf(int backend) {
        return IntStream.range(0, 100)
                .mapToObj(number -> "user" + number + "@" + LabAccounts.ODD_DOMAIN)
                .filter(user -> {
                    lab.awaitServed(1, user);
                    return lab.rows().backendOf(user).equals(Optional.of("backend" + backend));
                })
                .findFirst()
                .orElseThrow();
    }

    private ImapClient session(String address, String user) {
        ImapClient imap = ImapClient.connect(address, lab.port(Listener.IMAP), PATIENCE);
        try {
            imap.login(user, Lab.PASSWORD);
            imap.select("INBOX");
            return imap;
        } catch (RuntimeException e) {
            imap.close();
            throw e;
        }
    }

    @Test
    void itEndsWhoIsThereAndWhoOnlyPassesThrough() throws Exception {
        String resident = userOf(1);
        String foreigner = userOf(2);
        try (ImapClient here = session(lab.proxy(1), resident);
                ImapClient through = session(lab.site().plan().backendAddress(1), foreigner)) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(status(1))
                    .contains("\"sessions\":1", "\"sessions-passed-on\":1", "held, incarnation"));
            whatWouldBreakThePromiseIsRefused();

            Path said = lab.site().plan().folder().resolve("evacuation");
            Process evacuation = new ProcessBuilder(command("backend", "evacuate", "--wait", host(1)))
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            assertThat(evacuation.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as(read(said))
                    .isTrue();
            assertThat(evacuation.exitValue()).as(read(said)).isZero();
            assertThat(status(1)).contains("\"groups\":0");
            assertThatThrownBy(here::logout).isInstanceOf(MailException.class);
            lab.awaitServed(1, resident);
            assertThat(lab.rows().backendOf(resident)).contains("backend2");
            assertThatThrownBy(through::logout)
                    .as("who passed through is to come straight to the right backend")
                    .isInstanceOf(MailException.class);
            lab.awaitServed(1, foreigner);
        }
        assertThat(status(1))
                .contains("\"status\":\"standby\"", "\"load-factor\":0", "\"sessions\":0", "\"sessions-passed-on\":0");
        assertThat(read(lab.site().backendNode(1).log()))
                .contains(
                        "cluster_user_group_move_started",
                        "cluster_user_move_started",
                        "cluster_user_move_finished",
                        "moved_users=1");
        assertThat(cluster("backend", "remove", host(1)).exitCode()).isZero();
    }

    private void whatWouldBreakThePromiseIsRefused() {
        CommandSender.Printed removal = cluster("backend", "remove", "--force", host(1));
        assertThat(removal.exitCode()).as(removal.toString()).isEqualTo(NOT_POSSIBLE);
        assertThat(removal.err()).contains("may have sessions now");
        String site = lab.site().plan().name();
        CommandSender.Printed anew = cluster("site", "init", "--update", "--yes", site);
        assertThat(anew.exitCode()).as(anew.toString()).isEqualTo(NOT_POSSIBLE);
        assertThat(anew.err()).contains("stop Dovecot on all of them");
        CommandSender.Printed end = cluster("site", "remove", "--force", site);
        assertThat(end.exitCode()).as(end.toString()).isEqualTo(NOT_POSSIBLE);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
