package org.pombal.geodb.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.MoveProgress;
import org.pombal.model.group.MoveId;
import org.pombal.model.user.UserKey;

/** Progress of moves, in {@code move_remaining} and {@code move_done}; plain writes at LOCAL_QUORUM. */
final class CassandraMoveProgress implements MoveProgress {

    /** Less than the size of a batch from which on Cassandra warns. */
    private static final int MOST_BYTES_TOGETHER = 4096;

    /** What a row takes beside the user's name, roughly. */
    private static final int ROW_BYTES = 64;

    private final Cql cql;
    private final PreparedStatement insertRemaining;
    private final PreparedStatement insertDone;
    private final PreparedStatement selectRemaining;
    private final PreparedStatement selectDone;
    private final PreparedStatement selectOneRemaining;
    private final PreparedStatement selectOneDone;
    private final PreparedStatement deleteRemaining;
    private final PreparedStatement deleteDone;

    CassandraMoveProgress(Cql cql) {
        this.cql = cql;
        this.insertRemaining = cql.write("INSERT INTO move_remaining (move_id, username) VALUES (?, ?)");
        this.insertDone = cql.write("INSERT INTO move_done (move_id, username) VALUES (?, ?)");
        this.selectRemaining = cql.read("SELECT username FROM move_remaining WHERE move_id = ?");
        this.selectDone = cql.read("SELECT username FROM move_done WHERE move_id = ?");
        this.selectOneRemaining = cql.read("SELECT username FROM move_remaining WHERE move_id = ? AND username = ?");
        this.selectOneDone = cql.read("SELECT username FROM move_done WHERE move_id = ? AND username = ?");
        this.deleteRemaining = cql.write("DELETE FROM move_remaining WHERE move_id = ?");
        this.deleteDone = cql.write("DELETE FROM move_done WHERE move_id = ?");
    }

    @Override
    public CompletionStage<Void> addRemaining(MoveId move, Collection<UserKey> users) {
        return Fanout.ask(together(users), some -> cql.writeTogether(
                                "writing that " + some.size() + " users remain in move " + move,
                                some.stream()
                                        .map(user -> insertRemaining.bind(move.value(), user.value()))
                                        .toList())
                        .thenApply(written -> Optional.of(true)))
                .thenAccept(all -> {});
    }

    private static List<List<UserKey>> together(Collection<UserKey> users) {
        List<List<UserKey>> parts = new ArrayList<>();
        int room = 0;
        for (UserKey user : users) {
            int size = ROW_BYTES + user.value().getBytes(UTF_8).length;
            if (size > room) {
                parts.add(new ArrayList<>());
                room = MOST_BYTES_TOGETHER;
            }
            parts.get(parts.size() - 1).add(user);
            room -= size;
        }
        return parts;
    }

    @Override
    public CompletionStage<Void> addDone(MoveId move, UserKey user) {
        return cql.write(
                "writing that user " + user + " is done in move " + move, insertDone.bind(move.value(), user.value()));
    }

    @Override
    public CompletionStage<Users> find(MoveId move) {
        return names(selectRemaining, move)
                .thenCombine(names(selectDone, move), (remaining, done) -> new Users(remaining, done));
    }

    private CompletionStage<Set<UserKey>> names(PreparedStatement select, MoveId move) {
        return cql.all(
                        "reading the progress of move " + move,
                        select.bind(move.value()),
                        row -> new UserKey(Columns.text(row, "username")))
                .thenApply(users -> users.stream().collect(toUnmodifiableSet()));
    }

    @Override
    public CompletionStage<UserState> find(MoveId move, UserKey user) {
        // Most who ask have just left the source.
        return isThere(selectOneDone, move, user)
                .thenCompose(done -> done
                        ? completedFuture(new UserState(true, true))
                        : isThere(selectOneRemaining, move, user)
                                .thenApply(remaining -> new UserState(remaining, false)));
    }

    private CompletionStage<Boolean> isThere(PreparedStatement select, MoveId move, UserKey user) {
        return cql.one(
                        "reading user " + user + " in move " + move,
                        select.bind(move.value(), user.value()),
                        row -> true)
                .thenApply(found -> found.isPresent());
    }

    @Override
    public CompletionStage<Void> delete(MoveId move) {
        String what = "removing the progress of move " + move;
        return cql.write(what, deleteRemaining.bind(move.value()))
                .thenCompose(done -> cql.write(what, deleteDone.bind(move.value())));
    }
}
