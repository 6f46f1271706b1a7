package org.pombal.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * One seed is one story, in every process: else no failure could be looked at again. What the JDK orders anew in each process
 * (immutable sets and maps, hashes of objects and enums) must not decide anything.
 */
class SeedTest {

    private static final int PROCESSES = 4;
    private static final int SEEDS = 150;

    /** Prints a line for each story. */
    static final class Stories {

        public static void main(String[] arguments) {
            LongStream.rangeClosed(1, SEEDS)
                    .forEach(seed -> System.out.println(seed + " " + story(seed).hashCode()));
        }
    }

    private static List<String> story(long seed) {
        List<String> story = new ArrayList<>();
        Schedule.run(seed, Profile.Kind.PROMISED, Optional.empty(), new Quirks(), line -> story.add(line.get()));
        return story;
    }

    private static Process tell() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dslf4j.internal.verbosity=ERROR",
                        Stories.class.getName())
                .redirectErrorStream(true)
                .start();
    }

    @Test
    void oneSeedTellsOneStory() {
        assertThat(story(42)).hasSizeGreaterThan(50).isEqualTo(story(42)).isNotEqualTo(story(43));
    }

    @Test
    void oneSeedTellsOneStoryInEveryProcess() throws Exception {
        List<String> first = lines(tell());
        assertThat(first).hasSize(SEEDS).allMatch(line -> line.matches("\\d+ -?\\d+"));

        for (int i = 1; i < PROCESSES; i++) {
            assertThat(lines(tell())).isEqualTo(first);
        }
    }

    private static List<String> lines(Process process) throws Exception {
        List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor())
                .describedAs(() -> String.join("\n", lines))
                .isZero();
        return lines;
    }
}
