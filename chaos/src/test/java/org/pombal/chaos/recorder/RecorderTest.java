package org.pombal.chaos.recorder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program in C, asked by the kernel about real opens. Needs root, and gcc. */
@Timeout(60)
class RecorderTest {

    private static final int PATIENCE_SECONDS = 30;

    @TempDir
    private static Path folder;

    private static List<String[]> recorded = List.of();

    @BeforeAll
    static void record() throws IOException, InterruptedException {
        Path program = folder.resolve("recorder");
        run("gcc", "-std=c17", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program.toString(), source());
        String script = new String(
                Objects.requireNonNull(RecorderTest.class.getResourceAsStream("two-backends.sh"))
                        .readAllBytes(),
                UTF_8);
        String printed = run(
                "unshare",
                "--mount",
                "sh",
                "-c",
                script,
                "two-backends",
                program.toString(),
                Files.createDirectory(folder.resolve("mounts")).toString());
        // The shell says besides that it killed something.
        recorded = printed.lines()
                .map(line -> line.split("\t", -1))
                .filter(line -> line[0].equals("begin") || line[0].equals("end"))
                .toList();
    }

    private static String source() {
        return Path.of("src/main/c/recorder.c").toAbsolutePath().toString();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        String printed = Files.readString(output);
        assertThat(ended && process.exitValue() == 0).as(printed).isTrue();
        return printed;
    }

    private static List<String[]> lines(String kind) {
        return recorded.stream().filter(line -> line[0].equals(kind)).toList();
    }

    @Test
    void eachProcessAndUserIsASession() {
        assertThat(lines("begin"))
                .extracting(line -> line[3] + " " + line[4] + " " + line[6])
                .containsExactly("0 ann cat", "1 ann cat", "0 bob tail", "1 bob cat", "0 ann sh", "0 bob sh");
    }

    @Test
    void eachSessionEndsOnce() {
        assertThat(lines("end")).extracting(line -> line[2]).containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6");
    }

    @Test
    void timesNeverGoBack() {
        assertThat(recorded.stream().map(line -> Long.parseLong(line[1])).toList())
                .isSorted();
    }

    @Test
    void whoIsGoneIsSeenGoneBeforeTheNextBegins() {
        assertThat(position("end", "1")).isLessThan(position("begin", "2"));
    }

    @Test
    void whoIsStoppedLives() {
        assertThat(position("end", "3")).isGreaterThan(position("begin", "4"));
    }

    private static int position(String kind, String session) {
        for (int i = 0; i < recorded.size(); i++) {
            if (recorded.get(i)[0].equals(kind) && recorded.get(i)[2].equals(session)) {
                return i;
            }
        }
        throw new AssertionError("no " + kind + " of session " + session);
    }
}
