package org.pombal.node.failover;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pombal.model.backend.BackendId;
import org.pombal.model.lease.BreakPolicy;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.lease.LeaseState;
import org.pombal.model.ownership.LeasesView;

/** What is known of the backends' leases by watching them. Confined to the loop. */
final class BackendWatches implements LeasesView {

    private final LeaseWatch.Means means;
    private final long silence;
    private final long damping;
    private final Runnable lost;
    private final Map<BackendId, Watched> watches = new HashMap<>();

    /** A backend that is watched, and since when it is as it is. */
    private static final class Watched {
        private final LeaseWatch watch;
        private BackendState state = BackendState.UNKNOWN;
        private long since;

        Watched(LeaseWatch watch, long since) {
            this.watch = watch;
            this.since = since;
        }
    }

    /**
     * @param damping how long a backend must have been up to be steady
     * @param lost called as soon as a backend is seen to be gone
     */
    BackendWatches(LeaseWatch.Means means, Duration damping, Runnable lost) {
        this.means = requireNonNull(means, "means is null");
        this.lost = requireNonNull(lost, "lost is null");
        this.damping = damping.toNanos();
        // Two and a half renewals, so that one lost answer does not count.
        this.silence = means.timings().renewEvery().toNanos() / 2 * 5;
    }

    /**
     * Watches these, and no others.
     *
     * @param self the backend of this node, which it never fences
     */
    void watch(Set<BackendId> wanted, Optional<BackendId> self) {
        watches.entrySet().removeIf(entry -> {
            boolean unwanted = !wanted.contains(entry.getKey());
            if (unwanted) {
                entry.getValue().watch.stop();
            }
            return unwanted;
        });
        for (BackendId backend : wanted) {
            if (!watches.containsKey(backend)) {
                boolean fences = !self.equals(Optional.of(backend));
                BreakPolicy policy =
                        new BreakPolicy(means.policy().outage(), means.policy().takeover(), fences);
                LeaseWatch watch = new LeaseWatch(
                        new LeaseId.OfBackend(backend), means.withPolicy(policy), () -> lookWhetherLost(backend));
                watches.put(backend, new Watched(watch, means.loop().now()));
                watch.start();
            }
        }
    }

    private void lookWhetherLost(BackendId backend) {
        Watched watched = watches.get(backend);
        if (watched != null && watched.state != BackendState.GONE && watched.watch.isDown()) {
            lost.run();
        }
    }

    /** Somebody says that this backend's lease is otherwise now. */
    void hint(BackendId backend) {
        LeaseWatch watch = find(backend);
        if (watch != null) {
            watch.hint();
        }
    }

    Set<BackendId> backends() {
        return watches.keySet();
    }

    /** How something has become. */
    record Change(BackendId backend, BackendState before, BackendState after, Duration lasted) {}

    /** Notes since when each backend is as it is; to be called often. Tells what has changed since. */
    List<Change> note() {
        List<Change> changes = new ArrayList<>();
        long now = means.loop().now();
        watches.forEach((backend, watched) -> {
            BackendState state = stateOf(watched.watch);
            if (state != watched.state) {
                changes.add(new Change(backend, watched.state, state, Duration.ofNanos(now - watched.since)));
                watched.state = state;
                watched.since = now;
            }
        });
        return changes;
    }

    private BackendState stateOf(LeaseWatch watch) {
        if (watch.isDown()) {
            return BackendState.GONE;
        }
        boolean held = watch.row().filter(Lease::isHeld).isPresent();
        if (held && watch.unchangedFor() < silence) {
            return watch.hasChanged() ? BackendState.UP : BackendState.UNKNOWN;
        }
        return watch.row().isPresent() ? BackendState.SILENT : BackendState.UNKNOWN;
    }

    BackendState state(BackendId backend) {
        Watched watched = watches.get(backend);
        return watched == null ? BackendState.UNKNOWN : stateOf(watched.watch);
    }

    boolean isUp(BackendId backend) {
        return state(backend) == BackendState.UP;
    }

    /** Whether it has been up for so long that it may be given groups: by what was seen, or by how often the lease was renewed. */
    boolean isSteady(BackendId backend) {
        Watched watched = watches.get(backend);
        if (watched == null || watched.state != BackendState.UP) {
            return false;
        }
        long seen = means.loop().now() - watched.since;
        long renewed = watched.watch
                .row()
                .map(lease -> lease.counter() * means.timings().renewEvery().toNanos())
                .orElse(0L);
        return Math.max(seen, renewed) >= damping;
    }

    /** Whether the backend was not heard of for so long that its lease had to be broken. */
    boolean isBroken(BackendId backend) {
        LeaseWatch watch = find(backend);
        return watch != null
                && watch.row()
                        .filter(lease -> lease.state() == LeaseState.BROKEN)
                        .isPresent();
    }

    /** When the backend was seen to live, in nanoseconds of the boot clock. */
    long lastSignAt(BackendId backend) {
        LeaseWatch watch = find(backend);
        return watch == null ? means.loop().now() : watch.lastSignAt();
    }

    /** How each backend is. */
    Map<BackendId, FailoverFacts.BackendFact> facts() {
        long now = means.loop().now();
        Map<BackendId, FailoverFacts.BackendFact> facts = new HashMap<>();
        watches.forEach((backend, watched) -> facts.put(
                backend,
                new FailoverFacts.BackendFact(
                        watched.state, Duration.ofNanos(now - watched.since), waitsFor(watched.watch))));
        return facts;
    }

    private Optional<String> waitsFor(LeaseWatch watch) {
        if (watch.row().isEmpty() || stateOf(watch) != BackendState.SILENT) {
            return Optional.empty();
        }
        if (!watch.row().get().isHeld()) {
            return Optional.of("its lease is broken; the fence command has not succeeded yet");
        }
        Duration still = Duration.ofNanos(watch.unchangedFor());
        Duration window = means.timings().breakWindow();
        return Optional.of(
                still.compareTo(window) < 0
                        ? "its lease has stood still for " + still.toMillis() + " ms; it is broken after "
                                + window.toMillis() + " ms"
                        : "its lease has stood still for " + still.toMillis()
                                + " ms; a majority of the electorate has not said yet that GeoDB is up");
    }

    private @Nullable LeaseWatch find(BackendId backend) {
        Watched watched = watches.get(backend);
        return watched == null ? null : watched.watch;
    }

    @Override
    public boolean isOver(BackendId backend, long incarnation) {
        LeaseWatch watch = find(backend);
        return watch != null && incarnation <= watch.overUpTo();
    }

    @Override
    public boolean isDown(BackendId backend) {
        LeaseWatch watch = find(backend);
        return watch != null && watch.isDown();
    }

    @Override
    public boolean isSilent(BackendId backend) {
        LeaseWatch watch = find(backend);
        return watch != null && watch.unchangedFor() >= silence;
    }
}
