package org.pombal.node.doveadm.commands;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.pombal.commands.ExitCodes;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.node.doveadm.CommandFailedException;
import org.pombal.node.doveadm.Output;
import org.pombal.operations.Audit;
import org.pombal.operations.BackendLoad;
import org.pombal.operations.BackendOperations;
import org.pombal.operations.Cluster;
import org.pombal.operations.Evacuation;

/**
 * Looks whether a backend that is evacuated is empty. Groups that came there meanwhile, or that came back because their destination
 * died, are moved too; sessions that only pass through it to other backends are ended when nothing else is left. One look at a time.
 */
final class Emptying {

    /** A Dovecot that is busy ending sessions may not answer for a while; with its time-out this is about half a minute. */
    private static final int UNANSWERED_AT_MOST = 5;

    /** So many clients at once log in again without being felt. */
    private static final int PASSED_ON_ENDED_AT_ONCE = 20;

    private final BackendOperations backends;
    private final Evacuation evacuation;
    private final DovecotSessions sessions;
    private final HostName host;
    private final Output output;
    private final long began = System.nanoTime();
    private int groupsAtFirst;
    private int unanswered;
    private Set<String> passedOnBefore = Set.of();

    Emptying(Cluster cluster, DovecotSessions sessions, HostName host, Output output) {
        Audit audit = new Audit(output.operator());
        this.backends = new BackendOperations(cluster, audit);
        this.evacuation = new Evacuation(cluster, audit);
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.host = requireNonNull(host, "host is null");
        this.output = output;
    }

    /** What is still to be done before it is empty, in words; empty if nothing is. Fails if it is not to be emptied any more. */
    CompletionStage<Optional<String>> left() {
        return Outcomes.done(backends.status(host), output).thenCompose(load -> {
            groupsAtFirst = Math.max(groupsAtFirst, load.groups());
            if (load.groups() == 0) {
                return sessions.at(host).thenCompose(this::sessionsLeft);
            }
            return load.groups() > load.movingOut() ? movedToo(load) : completedFuture(Optional.of(groupsLeft(load)));
        });
    }

    private String groupsLeft(BackendLoad load) {
        int gone = groupsAtFirst - load.groups();
        long seconds = (System.nanoTime() - began) / 1_000_000_000L;
        String eta = gone > 0 ? ", about " + Math.max(1, seconds * load.groups() / gone) + " s left" : "";
        return gone + " of " + groupsAtFirst + " groups moved" + eta;
    }

    private CompletionStage<Optional<String>> movedToo(BackendLoad load) {
        BackendStatus status = load.view().backend().status();
        if (status == BackendStatus.ONLINE) {
            return failedFuture(new CommandFailedException(
                    ExitCodes.DATA, "somebody set backend '" + host + "' to online meanwhile; " + groupsLeft(load)));
        }
        return Outcomes.done(evacuation.start(host, false, step -> {}), output)
                .thenApply(moves ->
                        Optional.of(groupsLeft(load) + ", " + moves.size() + " that came there meanwhile move too"));
    }

    /** Those that were there at the last look too: by now the proxies know better, and send nobody here again. */
    private CompletionStage<Void> endPassedOn(DovecotSessions.Counted counted) {
        List<String> stay = counted.passedOnUsers().stream()
                .filter(passedOnBefore::contains)
                .sorted()
                .limit(PASSED_ON_ENDED_AT_ONCE)
                .toList();
        passedOnBefore = counted.passedOnUsers();
        return counted.own() == 0 && !stay.isEmpty() ? sessions.endPassedOn(host, stay) : completedFuture(null);
    }

    /** Its groups are gone, and with them its users; but it may still pass sessions of others on. */
    private CompletionStage<Optional<String>> sessionsLeft(DovecotSessions.Answer answer) {
        if (answer instanceof DovecotSessions.Counted counted) {
            unanswered = 0;
            return counted.isEmpty()
                    ? completedFuture(Optional.empty())
                    : endPassedOn(counted).thenApply(asked -> Optional.of(DovecotSessions.left(counted)));
        }
        DovecotSessions.Unknown unknown = (DovecotSessions.Unknown) answer;
        String said = "whether sessions of others still pass through it is not known: " + unknown.why();
        unanswered++;
        if (unknown.mayChange() && unanswered < UNANSWERED_AT_MOST) {
            return completedFuture(Optional.of(said));
        }
        output.progress("note: it has no groups any more, so nobody is served there; " + said);
        return completedFuture(Optional.empty());
    }
}
