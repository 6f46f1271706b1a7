package org.pombal.node.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pombal.model.statistics.HostMetric;

class HostReadingTest {

    private static final String MEMINFO = """
            MemTotal:       24000000 kB
            MemFree:         8000000 kB
            MemAvailable:    6000000 kB
            """;

    private static HostReading parse(String cpu, String vmstat) throws IOException {
        return HostReading.parse("cpu  " + cpu + "\ncpu0 1 2 3 4 5 6 7 8 9 10\n", MEMINFO, vmstat);
    }

    @Test
    void timeOfTheCpuIsWhatWasNeitherIdleNorWaiting() throws IOException {
        HostReading before = parse("100 0 50 800 50 0 0 0 30 0", "workingset_refault_file 1000\n");
        HostReading after = parse("160 10 70 880 60 10 5 5 90 0", "workingset_refault_file 4000\n");

        Map<HostMetric, Double> metrics = after.since(before, Duration.ofSeconds(10));

        assertThat(metrics.getOrDefault(HostMetric.CPU, 0.0)).isCloseTo(110.0 / 200, within(1e-9));
        assertThat(metrics.getOrDefault(HostMetric.MEMUSED, 0.0)).isCloseTo(0.75, within(1e-9));
        assertThat(metrics.getOrDefault(HostMetric.CACHE, 0.0)).isCloseTo(300, within(1e-9));
        assertThat(metrics).doesNotContainKey(HostMetric.SESSIONS);
    }

    @Test
    void whatAKernelDoesNotTellIsLeftOut() throws IOException {
        HostReading reading = HostReading.parse("cpu 1 2 3 4 5\n", "MemTotal: 100 kB\n", "nr_free_pages 5\n");

        assertThat(reading.memoryUsed()).isEmpty();
        assertThat(reading.refaults()).isEmpty();
        assertThat(reading.since(reading, Duration.ofSeconds(1))).isEmpty();
        assertThat(parse("1 2 3 4 5", "workingset_refault 7\n").refaults()).contains(7L);
    }

    @Test
    void aMachineWithoutCpuTimesIsAnError() {
        assertThatThrownBy(() -> HostReading.parse("", "", ""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/proc/stat");
    }

    @Test
    void thisMachineTellsAllOfIt() throws IOException {
        HostReading reading = HostReading.now();

        assertThat(reading.all()).isGreaterThanOrEqualTo(reading.busy()).isPositive();
        assertThat(reading.memoryUsed()).map(used -> used > 0 && used < 1).contains(true);
        assertThat(reading.refaults()).isNotEqualTo(Optional.empty());
    }
}
