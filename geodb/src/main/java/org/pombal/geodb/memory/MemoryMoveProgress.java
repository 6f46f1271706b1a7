package org.pombal.geodb.memory;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.MoveProgress;
import org.pombal.geodb.memory.InMemoryCluster.Mover;
import org.pombal.model.group.MoveId;
import org.pombal.model.user.UserKey;

/** A removal by a clock that is ahead hides what is added later, so a move's rows are only taken when it has ended. */
final class MemoryMoveProgress implements MoveProgress {

    private final InMemoryCluster store;
    private final Requests requests;
    private final InstantSource clock;

    MemoryMoveProgress(InMemoryCluster store, Requests requests, InstantSource clock) {
        this.store = store;
        this.requests = requests;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Void> addRemaining(MoveId move, Collection<UserKey> users) {
        long timestamp = Microseconds.of(clock.instant());
        List<UserKey> all = List.copyOf(users);
        return requests.write(
                "writing remaining users",
                () -> all.forEach(user -> store.remaining.put(new Mover(move, user.value()), true, timestamp)));
    }

    @Override
    public CompletionStage<Void> addDone(MoveId move, UserKey user) {
        long timestamp = Microseconds.of(clock.instant());
        return requests.write(
                "writing a moved user", () -> store.done.put(new Mover(move, user.value()), true, timestamp));
    }

    @Override
    public CompletionStage<Users> find(MoveId move) {
        return requests.read(
                "reading the progress of a move",
                () -> new Users(users(store.remaining, move), users(store.done, move)));
    }

    private static Set<UserKey> users(PlainTable<Mover, Boolean> table, MoveId move) {
        return table.keysFrom(new Mover(move, ""), true)
                .takeWhile(mover -> mover.move().equals(move))
                .map(mover -> new UserKey(mover.user()))
                .collect(toUnmodifiableSet());
    }

    @Override
    public CompletionStage<UserState> find(MoveId move, UserKey user) {
        Mover key = new Mover(move, user.value());
        return requests.read(
                "reading a user's part in a move",
                () -> new UserState(
                        store.remaining.get(key).isPresent(),
                        store.done.get(key).isPresent()));
    }

    @Override
    public CompletionStage<Void> delete(MoveId move) {
        long timestamp = Microseconds.of(clock.instant());
        return requests.write("removing the progress of a move", () -> {
            users(store.remaining, move)
                    .forEach(user -> store.remaining.remove(new Mover(move, user.value()), timestamp));
            users(store.done, move).forEach(user -> store.done.remove(new Mover(move, user.value()), timestamp));
        });
    }
}
