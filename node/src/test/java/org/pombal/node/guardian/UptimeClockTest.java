package org.pombal.node.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UptimeClockTest {

    private static final long HUNDREDTH = Duration.ofMillis(10).toNanos();

    /** A machine whose time goes on by a little with each look at a clock. */
    private static final class Machine {

        private final Random random;
        private final int mostPerLook;
        private long monotonic;
        private long suspended;
        private boolean broken;

        Machine(long seed, int mostPerLook) {
            this.random = new Random(seed);
            this.mostPerLook = mostPerLook;
            this.monotonic = random.nextInt(1_000_000_000) - 500_000_000L;
            this.suspended = 5_000_000_000L + random.nextInt(1_000_000_000);
        }

        long monotonic() {
            monotonic += 1 + random.nextInt(mostPerLook);
            return monotonic;
        }

        long boot() {
            return monotonic + suspended;
        }

        long uptime() throws IOException {
            if (broken) {
                throw new IOException("broken");
            }
            monotonic();
            long cut = boot() / HUNDREDTH * HUNDREDTH;
            monotonic();
            return cut;
        }

        UptimeClock clock() throws IOException {
            return new UptimeClock(this::monotonic, this::uptime);
        }
    }

    @Test
    void itIsNeverAheadAndNeverGoesBackWhateverHappensBetweenTwoLooks() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            Machine machine = new Machine(seed, 100_000);
            UptimeClock clock = machine.clock();
            Random events = new Random(seed);
            long last = Long.MIN_VALUE;
            for (int i = 0; i < 1_000; i++) {
                if (events.nextInt(50) == 0) {
                    machine.suspended += events.nextInt(2_000_000_000);
                }
                if (events.nextInt(10) == 0) {
                    machine.monotonic += events.nextInt(30_000_000);
                }
                long now = clock.now();
                assertThat(now).as("seed %d", seed).isBetween(last, machine.boot());
                last = now;
            }
        }
    }

    @Test
    void itIsLateByLittle() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            Machine machine = new Machine(seed, 10_000);
            UptimeClock clock = machine.clock();
            long now = clock.now();
            assertThat(machine.boot() - now).as("seed %d", seed).isLessThan(100_000);
        }
    }

    @Test
    void aSuspendIsNoticedOnceTenMillisecondsHavePassedSince() throws IOException {
        Machine machine = new Machine(1, 1_000);
        UptimeClock clock = machine.clock();
        machine.suspended += Duration.ofHours(1).toNanos();
        machine.monotonic += HUNDREDTH;

        assertThat(machine.boot() - clock.now()).isLessThan(HUNDREDTH + 10_000);
    }

    @Test
    void aMachineThatDoesNotTellItsTimeAnyMoreIsNotGuessedAt() throws IOException {
        Machine machine = new Machine(1, 1_000);
        UptimeClock clock = machine.clock();
        machine.broken = true;
        machine.monotonic += HUNDREDTH;

        assertThatThrownBy(clock::now).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void theKernelsLineIsUnderstoodAndAnotherRefused() throws IOException {
        assertThat(ProcUptime.parse("792.08 1506.76\n")).isEqualTo(792_080_000_000L);
        assertThatThrownBy(() -> ProcUptime.parse("792 1506\n"))
                .hasMessage("/proc/uptime says '792 1506', which is not the time since the start");
        assertThatThrownBy(() -> ProcUptime.parse("")).isInstanceOf(IOException.class);
    }

    @Test
    void thisMachinesClockIsWhatTheKernelSays() throws IOException {
        BootClock clock = BootClock.ofThisMachine();
        ProcUptime kernel = new ProcUptime();
        for (int i = 0; i < 1_000; i++) {
            long before = kernel.nanos();
            long now = clock.now();
            long after = kernel.nanos() + HUNDREDTH;
            assertThat(now).isBetween(before - Duration.ofSeconds(1).toNanos(), after);
        }
    }
}
