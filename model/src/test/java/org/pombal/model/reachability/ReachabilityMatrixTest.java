package org.pombal.model.reachability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.model.reachability.ReachabilityMatrix.Word.DOES_NOT_REACH;
import static org.pombal.model.reachability.ReachabilityMatrix.Word.NOTHING;
import static org.pombal.model.reachability.ReachabilityMatrix.Word.REACHES;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.SiteId;

class ReachabilityMatrixTest {

    private static final SiteId A = site(1);
    private static final SiteId B = site(2);
    private static final SiteId C = site(3);

    private static SiteId site(int number) {
        return new SiteId(new UUID(0, number));
    }

    private static SiteSight sight(SiteId from, SiteId to, String proxy, boolean reachable, int ageSeconds) {
        return new SiteSight(
                from,
                to,
                new HostName(proxy),
                reachable,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                reachable ? Optional.empty() : Optional.of("refused"),
                Duration.ofSeconds(ageSeconds));
    }

    @Test
    void mostOfTheProxiesThatSpokeLatelySpeakForTheSite() {
        ReachabilityMatrix matrix = new ReachabilityMatrix(List.of(
                sight(A, B, "p1", false, 2),
                sight(A, B, "p2", false, 3),
                sight(A, B, "p3", true, 1),
                sight(A, B, "p4", true, 600),
                sight(A, B, "p5", true, 36),
                sight(B, A, "q1", true, 1),
                sight(B, A, "q2", false, 1),
                sight(C, A, "r1", false, 300)));

        assertThat(matrix.word(A, B)).isEqualTo(DOES_NOT_REACH);
        assertThat(matrix.word(B, A)).isEqualTo(REACHES);
        assertThat(matrix.word(C, A)).isEqualTo(NOTHING);
        assertThat(matrix.word(A, C)).isEqualTo(NOTHING);
        assertThat(matrix.ways()).hasSize(3).first().satisfies(way -> {
            assertThat(way.failing()).isEqualTo(2);
            assertThat(way.reaching()).isEqualTo(1);
            assertThat(way.lasts()).isEqualTo(Duration.ofSeconds(32));
            assertThat(way.age()).isEqualTo(Duration.ofSeconds(1));
            assertThat(way.why()).contains("refused");
        });
    }

    @Test
    void ofThreeSitesTwoLoseTheThird() {
        ReachabilityMatrix matrix = new ReachabilityMatrix(
                List.of(sight(A, B, "p", false, 1), sight(C, B, "r", false, 1), sight(B, A, "q", false, 1)));

        assertThat(matrix.verdict(B, List.of(A, B, C)).isLostForAMajority()).isTrue();
        assertThat(matrix.verdict(A, List.of(A, B, C)).isLostForAMajority()).isFalse();
        assertThat(matrix.verdict(A, List.of(A, B, C)).silent()).containsExactly(C);
    }

    @Test
    void ofTwoSitesNeitherLosesTheOther() {
        ReachabilityMatrix matrix =
                new ReachabilityMatrix(List.of(sight(A, B, "p", false, 1), sight(B, A, "q", false, 1)));

        assertThat(matrix.verdict(B, List.of(A, B)).isLostForAMajority()).isFalse();
        assertThat(matrix.verdict(A, List.of(A, B)).isLostForAMajority()).isFalse();
    }

    @Test
    void whereverTheCutRunsAtMostOneSideLosesTheOther() {
        Random random = new Random(5);
        for (int run = 0; run < 500; run++) {
            List<SiteId> sites = IntStream.rangeClosed(1, 2 + random.nextInt(5))
                    .mapToObj(ReachabilityMatrixTest::site)
                    .toList();
            boolean[] side = new boolean[sites.size()];
            for (int i = 0; i < side.length; i++) {
                side[i] = random.nextBoolean();
            }
            List<SiteSight> sights = new ArrayList<>();
            for (int from = 0; from < side.length; from++) {
                for (int to = 0; to < side.length; to++) {
                    if (from != to && random.nextInt(10) > 0) {
                        sights.add(sight(sites.get(from), sites.get(to), "p", side[from] == side[to], 1));
                    }
                }
            }
            ReachabilityMatrix matrix = new ReachabilityMatrix(sights);
            boolean[] lost = new boolean[2];
            for (int i = 0; i < side.length; i++) {
                lost[side[i] ? 1 : 0] |= matrix.verdict(sites.get(i), sites).isLostForAMajority();
            }
            assertThat(lost[0] && lost[1]).as("run %d", run).isFalse();
        }
    }
}
