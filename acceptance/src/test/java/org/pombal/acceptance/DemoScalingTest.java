package org.pombal.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.demo.server.Waiting;

/** The demo of autoscaling: real backends are started and stopped as users come and go; and Ctrl-C while they do. */
@Timeout(420)
class DemoScalingTest {

    private static final int SIGINT = 128 + 2;
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final Pattern FOLDER = Pattern.compile("(/tmp/pombal-demo-|/dev/shm/pombal-)[0-9]+");

    private final List<String> printed = new ArrayList<>();
    private final Set<ProcessHandle> processes = new HashSet<>();
    private final Set<Path> folders = new HashSet<>();

    @Test
    void backends_are_started_for_users_who_come_and_stopped_when_they_go() throws Exception {
        Process demo = demo("--check");
        readUntil(demo, line -> false);
        demo.waitFor();

        assertThat(printed)
                .contains(
                        "        the controller has backend3.test started",
                        "        the controller has backend4.test started",
                        "        the controller has backend4.test stopped",
                        "There were as many backends as the load needed, and no login failed.");
        assertThat(demo.exitValue()).as(String.join("\n", printed)).isZero();
        nothingIsLeft();
    }

    @Test
    void ctrl_c_ends_it_while_users_come() throws Exception {
        Process demo = demo();
        readUntil(demo, line -> line.endsWith("backend3.test started"));
        assertThat(folders).hasSize(2);

        // As a terminal does it: to all that is in the foreground.
        assertThat(Programs.run(STOP, "kill", "-INT", "--", "-" + demo.pid()).exitCode())
                .isZero();
        readUntil(demo, line -> false);
        demo.waitFor();

        assertThat(printed).contains("stopping").doesNotContain("That is not as it should be.");
        assertThat(demo.exitValue()).as(String.join("\n", printed)).isEqualTo(SIGINT);
        nothingIsLeft();
    }

    /** On addresses that no other process of these tests uses; in a session of its own, and not deaf to Ctrl-C as what runs in the background is. */
    private static Process demo(String... more) throws IOException {
        long pid = ProcessHandle.current().pid();
        String network = String.format(Locale.ROOT, "127.%d.%d", 100 + pid / 250 % 150, 1 + pid % 250);
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT", "setsid"));
        command.addAll(Product.command());
        command.addAll(List.of("demo", "--autoscale", "--network", network));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
    }

    private void readUntil(Process demo, Predicate<String> last) throws IOException {
        // Not closed: the rest is read later.
        BufferedReader output = demo.inputReader(UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            printed.add(line);
            demo.descendants().forEach(this::note);
            if (last.test(line)) {
                return;
            }
        }
    }

    private void note(ProcessHandle process) {
        processes.add(process);
        process.info().commandLine().ifPresent(line -> FOLDER.matcher(line)
                .results()
                .forEach(found -> folders.add(Path.of(found.group()))));
    }

    private void nothingIsLeft() {
        assertThat(processes).hasSizeGreaterThan(10);
        Waiting.upTo(STOP, () -> processes.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(folders).isNotEmpty().noneMatch(Files::exists);
    }
}
