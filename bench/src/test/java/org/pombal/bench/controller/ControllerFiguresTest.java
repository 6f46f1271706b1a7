package org.pombal.bench.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pombal.bench.controller.ControllerFigures.Start;

class ControllerFiguresTest {

    @Test
    void each_figure_has_its_own_median_best_and_worst() {
        ControllerFigures figures =
                new ControllerFigures(List.of(new Start(2.5, 180), new Start(1.25, 190), new Start(1.5, 185)));
        assertThat(figures.toMarkdown()).isEqualTo("""
                |  | median | best | worst |
                |---|--:|--:|--:|
                | start to ready, s | 1.50 | 1.25 | 2.50 |
                | resident when idle, MB | 185 | 180 | 190 |
                """);
    }
}
