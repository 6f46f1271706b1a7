package org.pombal.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * An open loop: requests leave at fixed moments, one by one, in turn on each connection, whether or not earlier ones were
 * answered. A request's time begins when it was due, not when it left, so that a relay that stalls is not spared the
 * requests that waited behind (no coordinated omission).
 */
final class SteadyLoad {

    /** Requests whose times are known at once, for each connection; far more than are ever unanswered. */
    private static final int WINDOW = 1 << 16;

    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final LoadCommand command;
    private final List<Lane> lanes = new ArrayList<>();
    private final LongAdder bad = new LongAdder();

    private record Lane(LoginConnection connection, AtomicLongArray due, Histogram times) {}

    SteadyLoad(LoadCommand command, List<LoginConnection> connections) {
        this.command = command;
        for (LoginConnection connection : connections) {
            lanes.add(new Lane(
                    connection, new AtomicLongArray(WINDOW), new Histogram(LONGEST_NANOS, SIGNIFICANT_DIGITS)));
        }
    }

    LoadResult run() throws IOException {
        int perLane = command.amount() * command.seconds() / lanes.size();
        LoadThreads threads = new LoadThreads();
        for (int i = 0; i < lanes.size(); i++) {
            Lane lane = lanes.get(i);
            threads.start("answers-" + i, () -> receive(lane, perLane));
        }
        long started = System.nanoTime();
        threads.start("requests", () -> send(started, perLane));
        threads.join();
        long nanos = System.nanoTime() - started;
        Histogram all = new Histogram(LONGEST_NANOS, SIGNIFICANT_DIGITS);
        lanes.forEach(lane -> all.add(lane.times()));
        return new LoadResult(
                all.getTotalCount(), bad.sum(), nanos, all.getValueAtPercentile(50), all.getValueAtPercentile(99));
    }

    private void send(long started, int perLane) throws IOException {
        long interval = 1_000_000_000L / command.amount();
        long due = started;
        int user = 0;
        for (int id = 1; id <= perLane; id++) {
            for (Lane lane : lanes) {
                due += interval;
                awaitMoment(due);
                lane.due().set(id % WINDOW, due);
                lane.connection().request(id, command.firstUser() + user);
                lane.connection().flush();
                user = user + 1 == command.users() ? 0 : user + 1;
            }
        }
    }

    private static void awaitMoment(long moment) {
        for (long wait = moment - System.nanoTime(); wait > 0; wait = moment - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
    }

    private void receive(Lane lane, int expected) throws IOException {
        int[] open = {expected};
        while (open[0] > 0) {
            lane.connection().read((id, isGood) -> {
                lane.times()
                        .recordValue(Math.min(
                                LONGEST_NANOS, System.nanoTime() - lane.due().get((int) (id % WINDOW))));
                open[0]--;
                if (!isGood) {
                    bad.increment();
                }
            });
        }
    }
}
