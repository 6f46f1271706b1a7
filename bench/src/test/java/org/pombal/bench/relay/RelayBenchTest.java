package org.pombal.bench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That the benchmark works; how large its figures are is not tested. */
@Timeout(180)
class RelayBenchTest {

    private static final Path CHECKOUT = Path.of(System.getProperty("pombal.checkout", ""));
    private static final Extent TINY = new Extent(false, 1, 2, 20, 200, 1, 1, 100, List.of(100, 500));

    @Test
    void every_figure_is_measured_and_every_login_is_answered_as_it_should_be() {
        List<Figures> relays = RelayBench.run(TINY, CHECKOUT, line -> {});
        assertThat(relays).extracting(Figures::relay).containsExactly("no relay", "pombal node", "director");
        assertThat(relays).allSatisfy(figures -> {
            assertThat(figures.bad()).isZero();
            assertThat(figures.floodPerSecond()).isPositive();
            assertThat(figures.p50Micros()).isPositive();
            assertThat(figures.p99Micros()).isGreaterThanOrEqualTo(figures.p50Micros());
        });
        assertThat(relays.subList(1, 3)).allSatisfy(figures -> {
            assertThat(figures.floodCpuMicros()).isPositive();
            assertThat(figures.residentBytes().keySet()).containsExactlyInAnyOrder(100, 500);
            assertThat(figures.residentBytes().values())
                    .allSatisfy(bytes -> assertThat(bytes).isPositive());
        });
        assertThat(relays.get(1).ownBytesPerUser()).isPresent();
    }
}
