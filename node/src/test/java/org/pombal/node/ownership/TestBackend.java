package org.pombal.node.ownership;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.pombal.geodb.GeoDb;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;
import org.pombal.model.lease.BreakPolicy;
import org.pombal.model.lease.LeaseEvent;
import org.pombal.model.lease.OutagePolicy;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.lease.TakeoverPolicy;
import org.pombal.model.sitefailover.FailoverRules;
import org.pombal.model.sitefailover.FailoverTimings;
import org.pombal.model.sitefailover.IsolationPolicy;
import org.pombal.model.user.UserKey;
import org.pombal.node.session.FlushHook;
import org.pombal.node.session.ProcessId;
import org.pombal.node.session.Processes;
import org.pombal.node.session.SessionBook;
import org.pombal.node.session.SessionJournal;
import org.pombal.node.session.SessionKicks;
import org.pombal.node.topology.Topology;

/** A backend's ownership with a guardian and processes that do as the test says, in real time with short timings. */
public final class TestBackend implements AutoCloseable {

    /** A tenth of what is usual. */
    public static final OwnershipTimings TIMINGS = new OwnershipTimings(
            Duration.ofMillis(100),
            Duration.ofMillis(1_000),
            Duration.ofMillis(100),
            Duration.ofMillis(1_500),
            Duration.ofMillis(50),
            Duration.ofMillis(400),
            Duration.ofMillis(1_500),
            Duration.ofMillis(100),
            Duration.ofMillis(20),
            Duration.ofMillis(30),
            Duration.ofMillis(100),
            Duration.ofMillis(2_000),
            Duration.ofMillis(500),
            10);

    /** A site whose failover is looked at often. */
    static final SiteSetup SITE = new SiteSetup(
            IsolationPolicy.STOP,
            new FailoverTimings(
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(1),
                    Duration.ofMillis(200),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(1)),
            FailoverRules.PROTOCOL);

    public final FakeGuard guard = new FakeGuard();
    public final FakeProcesses processes = new FakeProcesses();
    public final OwnershipLoop loop;
    public final Ownership ownership;
    private final AtomicReference<Throwable> bug = new AtomicReference<>();

    /** The guardian: kills at once what it is told to, or never. */
    public static final class FakeGuard implements Guard {

        public volatile boolean present = true;
        public volatile boolean ended;
        public volatile boolean gone = true;
        public volatile long trustedUntil;

        @Override
        public boolean isPresent() {
            return present;
        }

        @Override
        public boolean hasEnded() {
            return ended;
        }

        @Override
        public boolean isDovecotGone() {
            return gone;
        }

        @Override
        public void trustUntil(long bootNanos) {
            trustedUntil = bootNanos;
        }

        @Override
        public void withdraw() {
            trustedUntil = 0;
        }
    }

    /** Processes that end when they are killed; when they are asked to, only if they obey. */
    public static final class FakeProcesses implements Processes {

        public final Set<ProcessId> taken = ConcurrentHashMap.newKeySet();
        public final Set<ProcessId> asked = ConcurrentHashMap.newKeySet();
        public volatile boolean obey = true;
        public volatile boolean mortal = true;
        private Consumer<ProcessId> gone = process -> {};

        @Override
        public boolean take(ProcessId process) {
            taken.add(process);
            return true;
        }

        @Override
        public void terminate(ProcessId process) {
            asked.add(process);
            if (obey) {
                end(process);
            }
        }

        @Override
        public void kill(ProcessId process) {
            if (mortal) {
                end(process);
            }
        }

        public void end(ProcessId process) {
            if (taken.remove(process)) {
                gone.accept(process);
            }
        }
    }

    private static final class NoElectors implements Electors {

        @Override
        public void readElectorate() {}

        @Override
        public void confirmUp(Consumer<LeaseEvent> answered) {
            answered.accept(new LeaseEvent.NoMajority(true));
        }

        @Override
        public void confirmDown(long renewalBegan, Consumer<LeaseEvent> answered) {
            answered.accept(new LeaseEvent.NoMajority(false));
        }
    }

    private record Places(Supplier<CompletionStage<?>> users, Supplier<CompletionStage<?>> groups)
            implements UnknownPlaces {

        @Override
        public Optional<GroupId> usual(UserKey user) {
            return Optional.empty();
        }

        @Override
        public CompletionStage<?> place(UserKey user, Optional<String> tag) {
            return users.get();
        }

        @Override
        public CompletionStage<?> place(GroupId group) {
            return groups.get();
        }
    }

    /** Nobody is placed who is not in GeoDB. */
    public static UnknownPlaces nowhere() {
        return new Places(
                () -> CompletableFuture.failedFuture(new IOException("nobody is placed in this test")),
                () -> CompletableFuture.completedFuture(true));
    }

    /** @param state a folder that its next process may be given too */
    public TestBackend(
            GeoDb geoDb, Topology topology, Backend self, Path state, UnknownPlaces places, Neighbors neighbors)
            throws IOException {
        this(geoDb, topology, self, state, places, neighbors, ForcedMoves.NONE);
    }

    /** @param forced who is moved elsewhere at login */
    public TestBackend(
            GeoDb geoDb,
            Topology topology,
            Backend self,
            Path state,
            UnknownPlaces places,
            Neighbors neighbors,
            ForcedMoves forced)
            throws IOException {
        loop = new OwnershipLoop(System::nanoTime, bug::set);
        SessionJournal journal = new SessionJournal(state.resolve("sessions"), "boot");
        List<SessionJournal.Entry> earlier = journal.open().orElse(List.of());
        SessionBook book = new SessionBook(journal, processes);
        ownership = new Ownership(
                new OwnershipSetup(
                        new BreakPolicy(OutagePolicy.FENCE, TakeoverPolicy.LEASE, false), TIMINGS, 10, 1000, 100, SITE),
                new Ownership.Parts(
                        loop,
                        geoDb,
                        topology,
                        self.id(),
                        "test-machine",
                        new HeldIncarnation(state.resolve("lease"), "boot"),
                        new KeptTerm(state.resolve("site-term"), "boot"),
                        guard,
                        book,
                        new SessionKicks(book, processes),
                        FlushHook.NONE,
                        new NoElectors(),
                        (backend, incarnation) -> {},
                        neighbors,
                        places,
                        forced));
        processes.gone = ownership::processGone;
        loop.execute(() -> book.resume(earlier));
        ownership.start();
    }

    /** What becomes of somebody who wants in. */
    public Arrival.Outcome arrive(String user, Arrival.Way way) {
        return arriveLater(user, way).join();
    }

    public CompletableFuture<Arrival.Outcome> arriveLater(String user, Arrival.Way way) {
        return ownership
                .arrive(new Arrival(new UserKey(user), way, false))
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        loop.close();
        Throwable failure = bug.get();
        if (failure != null) {
            throw new AssertionError("an internal error on the ownership loop", requireNonNull(failure));
        }
    }
}
