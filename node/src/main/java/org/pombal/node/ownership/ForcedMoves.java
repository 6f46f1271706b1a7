package org.pombal.node.ownership;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.model.forcemove.ForcedLogins;
import org.pombal.model.group.GroupId;
import org.pombal.model.user.UserKey;

/** Users who are to be elsewhere, because an operator wants a share of the site's or this backend's users moved when they log in. */
public interface ForcedMoves {

    /** Nobody is. */
    ForcedMoves NONE = new ForcedMoves() {
        @Override
        public Optional<GroupId> target(UserKey user) {
            return Optional.empty();
        }

        @Override
        public CompletionStage<ForcedLogins.Result> move(UserKey user, GroupId from, GroupId to) {
            throw new IllegalStateException("nobody is to be moved");
        }
    };

    /** The group that a user of this backend is to be in; empty if the user stays. Never blocks. */
    Optional<GroupId> target(UserKey user);

    /** Asks the user's group to let the user go, as the command for moving users does. May fail if GeoDB does not answer. */
    CompletionStage<ForcedLogins.Result> move(UserKey user, GroupId from, GroupId to);
}
