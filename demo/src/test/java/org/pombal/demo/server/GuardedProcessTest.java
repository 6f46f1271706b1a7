package org.pombal.demo.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardedProcessTest {

    /** A server of three processes, two of which nobody waits for. */
    private static final List<String> FORKING =
            List.of("sh", "-c", "trap 'kill 0' TERM; (sleep 600 & sleep 600) & wait");

    private static final List<String> STUBBORN = List.of("sh", "-c", "trap '' TERM; sleep 600 & wait; sleep 600");

    @TempDir
    private Path folder;

    @Test
    void endsEveryProcessOfTheServer() {
        GuardedProcess process = GuardedProcess.start("forking", FORKING, folder.resolve("out"));
        await().until(() -> process.processes().size() >= 3);
        Set<Long> processes = process.processes();

        process.stop(Duration.ofSeconds(5));

        await().untilAsserted(() ->
                assertThat(processes).noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
    }

    @Test
    void killsAServerThatDoesNotEndWhenAsked() {
        GuardedProcess process = GuardedProcess.start("stubborn", STUBBORN, folder.resolve("out"));
        await().until(() -> process.processes().size() >= 2);

        process.stop(Duration.ofMillis(100));

        assertThat(process.processes()).isEmpty();
    }

    @Test
    void noticesThatTheServerEndedByItself() {
        GuardedProcess process = GuardedProcess.start("short", List.of("true"), folder.resolve("out"));

        await().until(() -> process.processes().isEmpty());

        process.stop(Duration.ZERO);
    }

    @Test
    void endsTheServerWhenTheProgramThatStartedItIsKilled() throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        folder.resolve("out").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Set<Long> processes =
                Arrays.stream(firstLine(program).split(",")).map(Long::valueOf).collect(Collectors.toSet());
        assertThat(processes).allMatch(pid -> ProcessHandle.of(pid).isPresent());

        program.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(processes)
                .noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
    }

    private static String firstLine(Process program) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(program.getInputStream(), UTF_8))) {
            return String.valueOf(lines.readLine());
        }
    }

    /** Starts a server, prints its process ids, and waits to be killed. */
    static final class Program {

        public static void main(String[] arguments) throws InterruptedException {
            GuardedProcess process = GuardedProcess.start("forking", FORKING, Path.of(arguments[0]));
            Waiting.upTo(Duration.ofSeconds(10), () -> process.processes().size() >= 3);
            System.out.println(process.processes().stream().map(String::valueOf).collect(Collectors.joining(",")));
            Thread.sleep(Duration.ofMinutes(1).toMillis());
        }
    }
}
