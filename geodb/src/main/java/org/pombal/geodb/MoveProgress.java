package org.pombal.geodb;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.pombal.model.group.MoveId;
import org.pombal.model.user.UserKey;

/**
 * How far the moves of groups have come: which users remained at the source, and which of them have left it. Rows are added before
 * what depends on them and never changed, so plain quorum writes and reads are enough. They have no time to live.
 */
public interface MoveProgress {

    /** Both sides of a move. */
    record Users(Set<UserKey> remaining, Set<UserKey> done) {
        public Users {
            remaining = Set.copyOf(remaining);
            done = Set.copyOf(done);
        }
    }

    /** One user's part in a move. */
    record UserState(boolean remaining, boolean done) {}

    /** Done when all are known to be written; when it fails, some may be written, or come to be later. */
    CompletionStage<Void> addRemaining(MoveId move, Collection<UserKey> users);

    /** Fails as {@link #addRemaining} does: the row may come to be later. */
    CompletionStage<Void> addDone(MoveId move, UserKey user);

    CompletionStage<Users> find(MoveId move);

    CompletionStage<UserState> find(MoveId move, UserKey user);

    /** Takes all rows of a move that has ended. */
    CompletionStage<Void> delete(MoveId move);
}
