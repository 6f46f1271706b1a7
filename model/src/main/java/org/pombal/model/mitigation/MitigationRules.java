package org.pombal.model.mitigation;

import static java.util.Objects.requireNonNull;
import static org.pombal.model.parameter.Range.check;

import java.time.Duration;

/**
 * When failures lead to action.
 *
 * @param broken ratio of failures in every kind of traffic at which an observer calls a destination broken
 * @param degraded ratio of failures in any kind of traffic at which it calls one degraded
 * @param slowFactor how many times its other destinations' median latency makes one degraded too, 2 to 100
 * @param slowFrom and from which latency, 1 ms to 1 min
 * @param minEvents sessions or deliveries that ended in one way or the other, below which a kind of traffic says nothing, 1 to 10,000
 * @param minProbes the same for logins of the test user, 1 to 100
 * @param quorum how many observers must have an opinion, 1 to 100; all of them, if there are fewer
 * @param agreement which part of these must share it, above 0.5, to 1
 * @param suspectShare an observer that sees more than this part of its destinations broken is itself at fault, 0.1 to 1
 * @param commonShare if more than this part of the destinations fail at once, and more than one, there is a common cause, 0.05 to 1
 * @param maxOffline which part of the destinations may be offline in all, 0 to 0.5; one always may
 * @param brokenFor how long it must be broken before it is taken offline, 10 s to 1 h
 * @param degradedFor how long degraded before groups leave, 10 s to 1 h
 * @param healthyFor how long healthy before it is brought online, 10 s to 1 h; twice as long after each time it was taken offline within
 *     a day
 * @param healthyAtMost but never longer, {@code healthyFor} to 1 day
 * @param shedEvery one group leaves a degraded backend in this time, 10 s to 1 day
 * @param staleAfter older rows say nothing, 10 s to 1 h
 * @param clockSlack rows from further in the future say nothing, 0 to 1 min
 * @param maxGap a longer pause between two judgements makes all conditions begin anew, 10 s to 1 h
 */
public record MitigationRules(
        Threshold broken,
        Threshold degraded,
        double slowFactor,
        Duration slowFrom,
        int minEvents,
        int minProbes,
        int quorum,
        double agreement,
        double suspectShare,
        double commonShare,
        double maxOffline,
        Duration brokenFor,
        Duration degradedFor,
        Duration healthyFor,
        Duration healthyAtMost,
        Duration shedEvery,
        Duration staleAfter,
        Duration clockSlack,
        Duration maxGap) {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    public static final MitigationRules DEFAULTS = new MitigationRules(
            new Threshold(0.5, 0.25),
            new Threshold(0.1, 0.05),
            5,
            Duration.ofSeconds(1),
            20,
            3,
            2,
            0.6,
            0.5,
            0.3,
            0.25,
            Duration.ofMinutes(1),
            Duration.ofMinutes(3),
            Duration.ofMinutes(5),
            HOUR,
            Duration.ofMinutes(10),
            Duration.ofSeconds(90),
            TEN_SECONDS,
            Duration.ofMinutes(3));

    public MitigationRules {
        requireNonNull(broken, "broken is null");
        requireNonNull(degraded, "degraded is null");
        check("slowFactor", slowFactor, 2, 100);
        check("slowFrom", slowFrom, Duration.ofMillis(1), Duration.ofMinutes(1));
        check("minEvents", minEvents, 1, 10_000);
        check("minProbes", minProbes, 1, 100);
        check("quorum", quorum, 1, 100);
        check("agreement", agreement, Math.nextUp(0.5), 1);
        check("suspectShare", suspectShare, 0.1, 1);
        check("commonShare", commonShare, 0.05, 1);
        check("maxOffline", maxOffline, 0, 0.5);
        check("brokenFor", brokenFor, TEN_SECONDS, HOUR);
        check("degradedFor", degradedFor, TEN_SECONDS, HOUR);
        check("healthyFor", healthyFor, TEN_SECONDS, HOUR);
        check("healthyAtMost", healthyAtMost, healthyFor, DAY);
        check("shedEvery", shedEvery, TEN_SECONDS, DAY);
        check("staleAfter", staleAfter, TEN_SECONDS, HOUR);
        check("clockSlack", clockSlack, Duration.ZERO, Duration.ofMinutes(1));
        check("maxGap", maxGap, TEN_SECONDS, HOUR);
    }
}
