package org.pombal.bench.moves;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.pombal.bench.kit.Stopping;

/**
 * Real Dovecot 2.3, IMAP sessions that idle, and the same four changes for Pombal and for Dovecot's director, one peer after the other.
 */
final class MovesBench {

    /** What happens to users who idle on a backend. */
    enum Change {
        MOVE(1),
        DRAIN(2),
        STOP(3),
        KILL(4);

        /** On which they idle, from 1; each change has its own. */
        final int backend;

        Change(int backend) {
            this.backend = backend;
        }
    }

    /** The last of them has no users of its own. */
    static final int BACKENDS = 5;

    /** How many users are moved at once where all are not: those of one group. */
    static final int TOGETHER = 20;

    private static final long LOOK_NANOS = 20_000_000;

    /** So that each backend but the first has had logins and moves {@value} times as many as there are users to rehearse with. */
    private static final int REHEARSALS = 2;

    private final MovesExtent extent;
    private final Consumer<String> progress;
    private final List<String> rehearsing;
    private final Map<Change, List<String>> users = new EnumMap<>(Change.class);

    private MovesBench(MovesExtent extent, Consumer<String> progress) {
        this.extent = requireNonNull(extent, "extent is null");
        this.progress = requireNonNull(progress, "progress is null");
        GroupedUsers names = new GroupedUsers(extent.groups(TOGETHER), TOGETHER);
        this.rehearsing = names.named("rehearsal", extent.rehearsed());
        for (Change change : Change.values()) {
            users.put(change, names.named(change.name().toLowerCase(Locale.ROOT), count(change)));
        }
    }

    /**
     * Runs it; needs root, since Dovecot does.
     *
     * @param checkout where the product was built
     * @return by the peer's name, in the order of the table
     */
    static List<PeerFigures> run(MovesExtent extent, Path checkout, Consumer<String> progress) {
        Path folder = newFolder();
        boolean done = false;
        try {
            MovesBench bench = new MovesBench(extent, progress);
            List<String> users = Stream.concat(
                            bench.rehearsing.stream(),
                            bench.users.values().stream().flatMap(List::stream))
                    .toList();
            progress.accept("starting a site with Pombal");
            PeerFigures pombal = bench.measure(
                    PombalPeer.start(folder.resolve("pombal"), checkout, users, extent.groups(TOGETHER), BACKENDS));
            progress.accept("starting a site with the director");
            PeerFigures director = bench.measure(DirectorPeer.start(folder.resolve("director"), users, BACKENDS));
            done = true;
            return List.of(pombal, director);
        } finally {
            if (done) {
                Stopping.delete(folder);
            } else {
                progress.accept("logs are left in " + folder);
            }
        }
    }

    private static Path newFolder() {
        try {
            Path folder = Files.createTempDirectory("pombal-bench-");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder", e);
        }
    }

    private int count(Change change) {
        return switch (change) {
            case MOVE -> extent.moved();
            case DRAIN -> extent.drained();
            case STOP, KILL -> extent.failedOver();
        };
    }

    private PeerFigures measure(MovesPeer opened) {
        try (MovesPeer peer = opened) {
            rehearse(peer);
            Map<Change, MovesFigures> figures = new EnumMap<>(Change.class);
            for (Change change : Change.values()) {
                figures.put(change, measure(peer, change));
            }
            return new PeerFigures(peer.name(), figures);
        }
    }

    /** Servers in production have been up for long: compilers, caches and pools are as they are then. */
    private void rehearse(MovesPeer peer) {
        List<String> names = rehearsing;
        progress.accept(peer.name() + ": " + names.size() + " users are moved around before anything is measured");
        peer.home(names, 1);
        try (IdleUsers users = IdleUsers.begin(names, MovesPeer.PASSWORD, peer.imap())) {
            peer.settle();
            for (int round = 0; round < REHEARSALS * BACKENDS; round++) {
                users.takeOutages();
                peer.move(names, 1 + (round + 1) % BACKENDS);
                awaitAll(users, names.size());
                users.awaitAllIdle(extent.patience());
            }
        }
    }

    /** As a balancer would: the next ones move when these are in again. Otherwise a pause would be the queue of logins on a small machine. */
    private void moveOneAfterAnother(MovesPeer peer, IdleUsers users, List<String> names) {
        for (int from = 0; from < names.size(); from += TOGETHER) {
            int to = Math.min(from + TOGETHER, names.size());
            peer.move(names.subList(from, to), BACKENDS);
            awaitAll(users, to);
        }
    }

    private void awaitAll(IdleUsers users, int count) {
        long deadline = System.nanoTime() + extent.patience().toNanos();
        while (users.outages() < count && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private MovesFigures measure(MovesPeer peer, Change change) {
        List<String> names = requireNonNull(users.get(change));
        peer.home(names, change.backend);
        try (IdleUsers users = IdleUsers.begin(names, MovesPeer.PASSWORD, peer.imap())) {
            peer.settle();
            int there = peer.sessions(change.backend);
            if (there != names.size()) {
                throw new IllegalStateException(peer.name() + ": " + there + " sessions on backend " + change.backend
                        + ", not " + names.size());
            }
            progress.accept(peer.name() + ": " + change + " with " + there + " idle sessions");
            users.takeOutages();
            long began = System.nanoTime();
            switch (change) {
                case MOVE -> moveOneAfterAnother(peer, users, names);
                case DRAIN -> peer.drain(change.backend);
                case STOP -> peer.stop(change.backend);
                case KILL -> peer.kill(change.backend);
            }
            awaitAll(users, names.size());
            return MovesFigures.of(names.size(), began, users.takeOutages(), peer.sessions(change.backend));
        }
    }

    /** What was measured of one peer. */
    record PeerFigures(String peer, Map<Change, MovesFigures> changes) {

        MovesFigures of(Change change) {
            return requireNonNull(changes.get(change));
        }
    }
}
