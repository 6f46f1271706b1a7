package org.pombal.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the demo tells people to type. */
@Timeout(300)
class DemoTourTest {

    private static final String TITLE = "Commands of the cluster";
    private static final String LAST_LINE = "Ctrl-C stops everything.";

    @Test
    void every_command_of_the_tour_works_as_printed() throws Exception {
        List<String> demo = Stream.concat(
                        Product.command().stream(), Stream.of("demo", "--network", "127.0.88", "--port-shift", "13000"))
                .toList();
        Process process = new ProcessBuilder(demo).redirectErrorStream(true).start();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            List<String> lines = commands(output);
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
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static List<String> commands(BufferedReader output) throws IOException {
        List<String> all = new ArrayList<>();
        for (String line = output.readLine(); line != null && !line.equals(LAST_LINE); line = output.readLine()) {
            all.add(line);
        }
        List<String> heads = all.stream().filter(line -> line.startsWith(TITLE)).toList();
        assertThat(heads).as(String.join("\n", all)).hasSize(1);
        return all.subList(all.indexOf(heads.get(0)) + 1, all.size()).stream()
                .map(String::strip)
                .toList();
    }
}
