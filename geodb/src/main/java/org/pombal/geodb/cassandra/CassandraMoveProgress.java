package org.pombal.geodb.cassandra;

import static java.util.stream.Collectors.toUnmodifiableSet;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
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
        return Fanout.ask(List.copyOf(users), user -> cql.write(
                                "writing that user " + user + " remains in move " + move,
                                insertRemaining.bind(move.value(), user.value()))
                        .thenApply(written -> Optional.of(true)))
                .thenAccept(all -> {});
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
        return isThere(selectOneRemaining, move, user)
                .thenCombine(isThere(selectOneDone, move, user), (remaining, done) -> new UserState(remaining, done));
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
