package org.pombal.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CliFiguresTest {

    @Test
    void shows_median_ninth_decile_and_maximum() {
        List<Long> times = LongStream.rangeClosed(1, 11)
                .map(i -> (12 - i) * 100_000_000)
                .boxed()
                .toList();
        assertThat(CliFigures.toMarkdown(List.of(new CliFigures("x", times))))
                .endsWith("| x | 0.600 s | 1.000 s | 1.100 s |\n");
    }
}
