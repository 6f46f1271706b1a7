package org.pombal.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** The demo: its web interface in a real browser, and what it tells people to type. The commands end with the death of a backend. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class DemoTourTest {

    private static final String TITLE = "Commands of the cluster";
    private static final String LAST_LINE = "Ctrl-C stops everything.";
    private static final Pattern PAGES = Pattern.compile("http://[0-9.:]+/ui(?=/)");
    private static final Pattern TOKEN = Pattern.compile("pombal_[a-z0-9]+_[A-Za-z0-9_-]{43}");
    private static final Pattern IMAP = Pattern.compile("imap://([0-9.:]+)/");
    private static final Pattern GROUP_MOVE = Pattern.compile(" cluster group move --wait demo \\S+ (\\S+)");
    private static final Pattern DRY_RUN = Pattern.compile(" evacuate --dry-run (\\S+)");

    /** Playwright and its browser's checks come with it. */
    private static final Path UI = Path.of("..", "ui").toAbsolutePath().normalize();

    private final List<String> printed = new ArrayList<>();
    private Process demo;

    @BeforeAll
    void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                                Product.command().stream(),
                                Stream.of("demo", "--network", "127.0.88", "--port-shift", "13000"))
                        .toList())
                .redirectErrorStream(true);
        // One more than there are, so that a dry run of autoscaling has something to show.
        builder.environment()
                .putAll(Map.of(
                        "AUTOSCALER_MIN", "4",
                        "AUTOSCALER_BACKEND_NAME", "backend%{number}.test",
                        "AUTOSCALER_FIRST_NUMBER", "1",
                        "AUTOSCALER_INTERVAL", "2s"));
        demo = builder.start();
        BufferedReader output = new BufferedReader(new InputStreamReader(demo.getInputStream(), UTF_8));
        for (String line = output.readLine(); line != null && !line.equals(LAST_LINE); line = output.readLine()) {
            printed.add(line);
        }
    }

    @AfterAll
    void stop() throws InterruptedException {
        demo.destroy();
        demo.waitFor();
    }

    @Test
    @Order(1)
    void an_operator_empties_a_backend_in_the_browser_and_every_page_is_as_it_should_be() {
        assumeTrue(
                Files.isDirectory(UI.resolve("node_modules/playwright-core")),
                "no web interface was built: there is no Node 20.19");
        // The one with whose users the commands have nothing to do.
        List<String> named = List.of(first(GROUP_MOVE), first(DRY_RUN));
        String backend = IntStream.rangeClosed(1, 3)
                .mapToObj(number -> "backend" + number + ".test")
                .filter(host -> !named.contains(host))
                .findFirst()
                .orElseThrow();
        Programs.Ended ended = Programs.run(
                Duration.ofSeconds(200),
                "node",
                UI.resolve("browser/tour.js").toString(),
                first(PAGES),
                first(TOKEN),
                backend,
                first(IMAP),
                Path.of("target", "pictures").toAbsolutePath().toString());
        assertThat(ended.exitCode()).as(ended.output()).isZero();
    }

    private String first(Pattern pattern) {
        Matcher matcher = pattern.matcher(String.join("\n", printed));
        assertThat(matcher.find()).as(pattern + " in " + printed).isTrue();
        return matcher.group(matcher.groupCount());
    }

    @Test
    @Order(2)
    void every_command_of_the_tour_works_as_printed() {
        List<String> lines = commands();
        assertThat(lines)
                .hasSizeGreaterThan(8)
                .anyMatch(line -> line.contains(" cluster kick "))
                .anyMatch(line -> line.contains(" cluster group move --wait "))
                .anyMatch(line -> line.startsWith("kill -9 "));
        assertThat(lines.get(0)).startsWith("export POMBAL_SOCKET=/");
        for (String line : lines) {
            Programs.Ended ended = Programs.run(
                    Duration.ofSeconds(60),
                    "env",
                    "POMBAL_HOME=" + Product.home(),
                    "bash",
                    "-c",
                    lines.get(0) + "\n" + line);
            assertThat(ended.exitCode()).as(line + ": " + ended.output()).isZero();
        }
    }

    private List<String> commands() {
        List<String> heads =
                printed.stream().filter(line -> line.startsWith(TITLE)).toList();
        assertThat(heads).as(String.join("\n", printed)).hasSize(1);
        return printed.subList(printed.indexOf(heads.get(0)) + 1, printed.size()).stream()
                .map(String::strip)
                .toList();
    }
}
