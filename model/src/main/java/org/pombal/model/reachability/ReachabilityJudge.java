package org.pombal.model.reachability;

import java.time.Duration;
import java.util.Optional;

/**
 * Decides, at one proxy, whether another site is reachable: by checks of its load balancer, and by what users' sessions and mail
 * that go there experience. It takes {@link #FAILURES} failures one after another to call it unreachable, and
 * {@link #SUCCESSES} successes one after another to call it reachable again, so that a single one never turns it round. The first
 * success of all counts at once; until then, or until it has failed often enough, nothing is known. Not for use by several threads.
 */
public final class ReachabilityJudge {

    public static final int FAILURES = 3;
    public static final int SUCCESSES = 3;

    /** What is thought of it. */
    public enum State {
        UNKNOWN,
        REACHABLE,
        UNREACHABLE
    }

    private State state = State.UNKNOWN;
    private int against;
    private long since;
    private Optional<String> why = Optional.empty();

    /**
     * A check has ended.
     *
     * @param now nanoseconds of a clock that never goes back
     * @param failure why the site was not reached; empty if it was
     * @param othersGotThrough whether sessions or mail reached the site since the check before: then its load balancer works, and
     *     it is the check that has a fault
     */
    public State checked(long now, Optional<String> failure, boolean othersGotThrough) {
        boolean reached = failure.isEmpty() || othersGotThrough;
        if (!reached) {
            why = failure;
        }
        if (state == State.UNKNOWN && reached) {
            become(now, State.REACHABLE);
        } else if (state == (reached ? State.REACHABLE : State.UNREACHABLE)) {
            against = 0;
        } else if (++against >= (reached ? SUCCESSES : FAILURES)) {
            become(now, reached ? State.REACHABLE : State.UNREACHABLE);
        }
        return state;
    }

    private void become(long now, State next) {
        state = next;
        since = now;
        against = 0;
    }

    public State state() {
        return state;
    }

    /** For how long it has been in this state. */
    public Duration lasts(long now) {
        return state == State.UNKNOWN ? Duration.ZERO : Duration.ofNanos(now - since);
    }

    /** What the last failure was; empty if it is not unreachable. */
    public Optional<String> why() {
        return state == State.UNREACHABLE ? why : Optional.empty();
    }
}
