package org.pombal.geodb.memory;

import static java.time.temporal.ChronoUnit.MILLIS;
import static java.time.temporal.ChronoUnit.MINUTES;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.pombal.geodb.Change;
import org.pombal.geodb.Changes;

/** The feed, with entries in minutes by their writers' clocks: a reader sees those up to its own minute. */
final class MemoryChanges implements Changes {

    /** Where an entry is: its writer's time, made unique by chance. */
    record Position(Instant at, long unique) {
        static final Comparator<Position> ORDER =
                Comparator.comparing(Position::at).thenComparing(Position::unique);
    }

    private final InMemoryCluster store;
    private final Requests requests;
    private final InstantSource clock;
    private final RandomGenerator random;

    MemoryChanges(InMemoryCluster store, Requests requests, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.requests = requests;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public CompletionStage<Void> announce(Change change) {
        Instant now = clock.instant();
        Position position = new Position(now.truncatedTo(MILLIS), random.nextLong());
        Entry entry = new Entry(position.at() + "/" + position.unique(), position.at(), change);
        return requests.write("announcing " + change, () -> store.changes.put(position, entry, Microseconds.of(now)));
    }

    @Override
    public CompletionStage<List<Entry>> since(Instant from) {
        Instant now = clock.instant();
        Instant oldest = now.minus(RETENTION);
        Position first = new Position((from.isBefore(oldest) ? oldest : from).truncatedTo(MILLIS), Long.MIN_VALUE);
        Instant end = now.truncatedTo(MINUTES).plus(1, MINUTES);
        return requests.read("reading changes since " + from, () -> {
            expire(oldest);
            return store.changes
                    .keysFrom(first, true)
                    .takeWhile(position -> position.at().isBefore(end))
                    .limit(MAX_ENTRIES)
                    .flatMap(position -> store.changes.get(position).stream())
                    .toList();
        });
    }

    private void expire(Instant oldest) {
        store.changes
                .keysFrom(new Position(Instant.MIN, Long.MIN_VALUE), true)
                .takeWhile(position -> position.at().isBefore(oldest))
                .toList()
                .forEach(store.changes::forget);
    }
}
