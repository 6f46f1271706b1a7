package org.pombal.node.backend;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pombal.model.routing.Admission;
import org.pombal.model.user.UserKey;
import org.pombal.node.ownership.Arrival;
import org.pombal.node.routing.Admissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place through which all ways into a mailbox lead. */
final class Gate {

    private static final Logger log = LoggerFactory.getLogger(Gate.class);

    private final Doorway doorway;
    private final Admissions admissions;
    private final PinnedUsers pinned;
    private final Optional<UserKey> testUser;

    /** @param testUser who is served here whatever group he belongs to */
    Gate(Doorway doorway, Admissions admissions, PinnedUsers pinned, Optional<UserKey> testUser) {
        this.doorway = requireNonNull(doorway, "doorway is null");
        this.admissions = requireNonNull(admissions, "admissions is null");
        this.pinned = requireNonNull(pinned, "pinned is null");
        this.testUser = requireNonNull(testUser, "testUser is null");
    }

    /** Whether the user is let in, which is counted then. A user nobody knows is placed. */
    CompletionStage<Arrival.Outcome> arrive(UserKey user, Arrival.Way way, Optional<String> tag) {
        return doorway.arrive(new Arrival(user, way, isBoundHere(user), tag));
    }

    private boolean isBoundHere(UserKey user) {
        return pinned.contains(user) || testUser.filter(user::equals).isPresent();
    }

    /** Whether the user of a list belongs into it, by what is remembered, and without letting anybody in. Never blocks. */
    boolean isKnownToBelongHere(UserKey user) {
        return admissions.fromMemory(user) instanceof Admission.Served || isBoundHere(user);
    }

    /** Whether a user of a list belongs into it. Places nobody. */
    CompletionStage<Admission> expected(UserKey user) {
        @Nullable Admission known = admissions.fromMemory(user);
        return known == null ? admissions.expected(user) : CompletableFuture.completedFuture(known);
    }

    /** A proxy's passdb has chosen this backend for the user: that goes before GeoDB, which is compared once. */
    void pin(UserKey user) {
        if (pinned.add(user)) {
            admissions.recorded(user).thenAccept(admission -> {
                if (admission instanceof Admission.Foreign foreign) {
                    log.warn(
                            "user {} is pinned to this backend by the passdb, but in GeoDB belongs elsewhere: {}",
                            user,
                            foreign.route().reason());
                }
            });
        }
    }
}
