package org.pombal.bench.moves;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pombal.bench.moves.MovesBench.Change;
import org.pombal.bench.moves.MovesBench.PeerFigures;

class MovesTableTest {

    private static final MovesExtent EXTENT = new MovesExtent(1, 1, 2000, 1, Duration.ofSeconds(30));

    private static PeerFigures peer(String name, MovesFigures killed) {
        Map<Change, MovesFigures> all = new EnumMap<>(Change.class);
        for (Change change : Change.values()) {
            all.put(change, MovesFigures.of(1, 0, List.of(new Outage(500_000_000, 620_000_000, 0)), 0));
        }
        all.put(Change.KILL, killed);
        return new PeerFigures(name, all);
    }

    @Test
    void whatDidNotHappenIsSaid() {
        String table = new MovesTable(
                        EXTENT,
                        List.of(
                                peer("pombal", MovesFigures.of(1, 0, List.of(new Outage(0, 6_500_000_000L, 1)), 0)),
                                peer("director", MovesFigures.of(1, 0, List.of(), 0))))
                .toMarkdown();

        assertThat(table)
                .startsWith("| | pombal | director |\n|---|--:|--:|\n")
                .contains("| 1 users moved: pause, p99, ms | 120 | 120 |\n")
                .contains("| backend with 2,000 sessions drained: last session gone, s | 0.50 | 0.50 |\n")
                .contains(
                        "| backend with 1 sessions killed: last user in again, s | 6.50 | not within 30 s: 1 users |\n");
    }
}
