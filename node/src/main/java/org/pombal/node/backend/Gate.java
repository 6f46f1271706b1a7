package org.pombal.node.backend;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pombal.model.routing.Admission;
import org.pombal.model.user.UserKey;
import org.pombal.node.routing.Admissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who is let in, for all ways into a mailbox. Nobody is turned away on what is remembered: before that GeoDB is
 * asked. If it does not answer, what is remembered decides.
 */
final class Gate {

    private static final Logger log = LoggerFactory.getLogger(Gate.class);

    private final Admissions admissions;
    private final PinnedUsers pinned;

    /**
     * The outcome for one user.
     *
     * @param fresh whether GeoDB has just said so
     */
    record Decision(Admission admission, boolean fresh) {

        boolean isServed() {
            return admission instanceof Admission.Served;
        }

        boolean isForeign() {
            return admission instanceof Admission.Foreign;
        }
    }

    Gate(Admissions admissions, PinnedUsers pinned) {
        this.admissions = requireNonNull(admissions, "admissions is null");
        this.pinned = requireNonNull(pinned, "pinned is null");
    }

    /** Whether memory is enough to let the user in. Never blocks. */
    boolean isKnownToBeServed(UserKey user) {
        return admissions.fromMemory(user) instanceof Admission.Served || pinned.contains(user);
    }

    /** Whether the user is let in, looked up as far as need be. A user nobody knows is placed. */
    CompletionStage<Decision> decide(UserKey user) {
        @Nullable Admission known = admissions.fromMemory(user);
        return admissions.findFresh(user).thenApply(fresh -> {
            boolean answered = !(fresh instanceof Admission.Undecided);
            return answered || known == null ? new Decision(fresh, answered) : new Decision(known, false);
        });
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
