package org.pombal.bench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That the benchmark works; how large its figures are is not tested. */
@Timeout(180)
class StartBenchTest {

    private static final Path CHECKOUT = Path.of(System.getProperty("pombal.checkout", ""));

    @Test
    void a_node_starts_and_answers_with_an_archive_and_without() {
        List<StartFigures> kinds = StartBench.run(CHECKOUT, 1, 100, line -> {});
        assertThat(kinds).extracting(StartFigures::kind).containsExactly("with archive", "without archive");
        assertThat(kinds).allSatisfy(figures -> {
            assertThat(figures.medianSeconds()).isPositive();
            assertThat(figures.medianCpuSeconds()).isPositive();
        });
    }
}
