package org.pombal.node.ownership;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pombal.dovecot.auth.LoginReference;
import org.pombal.model.backend.BackendId;
import org.pombal.model.forcemove.ForcedLogins;
import org.pombal.model.group.GroupId;
import org.pombal.model.ownership.HoldLimits;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.pombal.node.session.ProcessId;

/** A user who wants in, until it is decided. Made anywhere, then confined to the loop. */
public final class Arrival {

    /** How somebody wants in, and what is counted when the user is let in. */
    public sealed interface Way {

        /** By a login, about which a mail process will ask. */
        record Login(LoginReference reference) implements Way {}

        /** Somebody wants to know where the user is to be served; nothing is counted. */
        record Lookup(HoldLimits.Kind kind) implements Way {}

        /** A mail process wants to begin the session of a login that was let in. */
        record Session(ProcessId process, Optional<LoginReference> login) implements Way {}

        /** A process that serves no login wants to open the user's mailbox: of LMTP, doveadm, indexer-worker, lda. */
        record Opening(ProcessId process) implements Way {}
    }

    /** What was decided. */
    public sealed interface Outcome {

        /** The user is let in, and counted. */
        record Served() implements Outcome {}

        /** The user belongs to another backend of this site. */
        record Elsewhere(BackendId backend) implements Outcome {}

        /** The user belongs to another site. */
        record OtherSite(SiteId site) implements Outcome {}

        /** A temporary failure. */
        record Refused(String reason) implements Outcome {}
    }

    private final UserKey user;
    private final Way way;
    private final boolean pinned;
    private final Optional<String> tag;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private long cameAt = Long.MIN_VALUE;
    private long until = Long.MIN_VALUE;
    private boolean held;
    private String why = "it was not decided in time";
    private Optional<GroupId> waitsFor = Optional.empty();
    private long askedSourceAt = Long.MIN_VALUE;
    private ForcedLogins.Login forced = new ForcedLogins.Login(Long.MIN_VALUE, Long.MIN_VALUE);

    /** @param pinned whether the user is served here whatever GeoDB says */
    public Arrival(UserKey user, Way way, boolean pinned) {
        this(user, way, pinned, Optional.empty());
    }

    /**
     * A user who comes.
     *
     * @param pinned whether the user is served here whatever GeoDB says
     * @param tag name of the tag that the sites must have on which the user may live; needed where GeoDB does not know the user
     */
    public Arrival(UserKey user, Way way, boolean pinned, Optional<String> tag) {
        this.user = requireNonNull(user, "user is null");
        this.way = requireNonNull(way, "way is null");
        this.pinned = pinned;
        this.tag = requireNonNull(tag, "tag is null");
    }

    /** Completed within the limits for holding, never with an exception. */
    public CompletionStage<Outcome> outcome() {
        return outcome;
    }

    UserKey user() {
        return user;
    }

    Optional<String> tag() {
        return tag;
    }

    Way way() {
        return way;
    }

    boolean isPinned() {
        return pinned;
    }

    /** Whether a session begins for a login that was let in before. */
    boolean isBeginning() {
        return way instanceof Way.Session;
    }

    HoldLimits.Kind kind() {
        if (way instanceof Way.Lookup lookup) {
            return lookup.kind();
        }
        return way instanceof Way.Opening ? HoldLimits.Kind.DELIVERY : HoldLimits.Kind.LOGIN;
    }

    boolean isDecided() {
        return outcome.isDone();
    }

    void decide(Outcome decided) {
        outcome.complete(decided);
    }

    /** When it fails, in nanoseconds of the boot clock. */
    long until() {
        return until;
    }

    /** When it came, in nanoseconds of the boot clock. */
    long cameAt() {
        return cameAt;
    }

    void came(long now, Duration limit) {
        cameAt = now;
        until = now + limit.toNanos();
        forced = new ForcedLogins.Login(cameAt, until);
    }

    boolean isHeld() {
        return held;
    }

    void hold(String reason, Optional<GroupId> group) {
        held = true;
        why = reason;
        waitsFor = group;
    }

    String why() {
        return why;
    }

    Optional<GroupId> waitsFor() {
        return waitsFor;
    }

    /** Whether the source is to be asked; at most once in that time. */
    boolean mayAskSource(long now, long interval) {
        boolean may = askedSourceAt == Long.MIN_VALUE || now - askedSourceAt >= interval;
        if (may) {
            askedSourceAt = now;
        }
        return may;
    }

    /** How far it is that the user goes elsewhere because of this login. */
    ForcedLogins.Login forced() {
        return forced;
    }
}
