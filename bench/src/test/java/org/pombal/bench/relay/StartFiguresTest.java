package org.pombal.bench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StartFiguresTest {

    private static final long MS = 1_000_000;

    @Test
    void theMiddleOneOfAllStartsCountsBesideTheExtremes() {
        StartFigures figures = StartFigures.of(
                "a",
                List.of(new Launch(900 * MS, 700 * MS), new Launch(5000 * MS, 800 * MS), new Launch(850 * MS, 10)));
        assertThat(figures).isEqualTo(new StartFigures("a", 0.9, 0.85, 5.0, 0.7));
    }

    @Test
    void theTableHasAColumnForEachKind() {
        assertThat(StartFigures.toMarkdown(List.of(
                        new StartFigures("with", 0.7, 0.6, 0.94, 0.81), new StartFigures("without", 2, 1, 3, 2.5))))
                .isEqualTo("""
                        |  | with | without |
                        |---|--:|--:|
                        | start to first answer, s: median | 0.70 | 2.00 |
                        | fastest | 0.60 | 1.00 |
                        | slowest | 0.94 | 3.00 |
                        | CPU until then, s: median | 0.81 | 2.50 |
                        """);
    }
}
