package org.pombal.model.mitigation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pombal.model.mitigation.MitigationMemory.Track;
import org.pombal.model.statistics.ProxyDestination;

/**
 * Takes broken destinations offline, brings them online again, and makes degraded ones lose groups.
 *
 * <p>Who is judged how by whom is {@link Jury}'s; here a condition must have lasted, and not too many may be offline. If many fail at
 * once, or most of what is known is old, nothing is done but to say so.
 */
public final class Mitigation {

    private static final Duration DAY = Duration.ofDays(1);

    /**
     * What follows from a moment's facts.
     *
     * @param memory for the next time
     * @param held why actions that were due are not taken, if so
     */
    public record Decision(
            MitigationMemory memory,
            List<MitigationAction> actions,
            List<Judgement> judgements,
            Optional<String> held) {

        public Decision {
            requireNonNull(memory, "memory is null");
            actions = List.copyOf(actions);
            judgements = List.copyOf(judgements);
            requireNonNull(held, "held is null");
        }
    }

    private final MitigationFacts facts;
    private final MitigationRules rules;
    private final Map<ProxyDestination, Track> tracks = new HashMap<>();
    private final List<MitigationAction> actions = new ArrayList<>();
    private final List<String> held = new ArrayList<>();
    private int offline;
    private int online;

    private Mitigation(MitigationFacts facts, MitigationRules rules) {
        this.facts = facts;
        this.rules = rules;
        this.offline = count(Target.State.OFFLINE);
        this.online = count(Target.State.ONLINE);
    }

    public static Decision decide(MitigationFacts facts, MitigationMemory memory, MitigationRules rules) {
        return new Mitigation(facts, rules).decide(memory);
    }

    private Decision decide(MitigationMemory memory) {
        Jury jury = new Jury(facts, rules);
        boolean continues = memory.at().filter(this::isJustBefore).isPresent();
        List<Judgement> judgements = new ArrayList<>();
        for (Target target : facts.targets()) {
            Optional<Track> before = Optional.ofNullable(memory.tracks().get(target.destination()));
            Condition condition =
                    continues ? before.map(Track::condition).orElse(Condition.UNKNOWN) : Condition.UNKNOWN;
            Judgement judgement = jury.judge(target, condition);
            judgements.add(judgement);
            tracks.put(target.destination(), track(judgement.condition(), condition, before));
        }
        Optional<String> common = commonCause(judgements);
        common.ifPresent(held::add);
        for (Judgement judgement : judgements) {
            switch (judgement.target().state()) {
                case ONLINE -> {
                    if (common.isEmpty()) {
                        watch(judgement);
                    }
                }
                case OFFLINE -> recover(judgement);
                case LEFT_ALONE -> {}
            }
        }
        if (!jury.suspects().isEmpty()) {
            held.add("not heard, for they see most destinations broken: " + String.join(", ", jury.suspects()));
        }
        return new Decision(
                new MitigationMemory(Optional.of(facts.now()), tracks),
                actions,
                judgements,
                held.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", held)));
    }

    /** A clock that was set, or a controller that slept, has seen nothing last. */
    private boolean isJustBefore(Instant at) {
        Duration gap = Duration.between(at, facts.now());
        return !gap.isNegative() && gap.compareTo(rules.maxGap()) <= 0;
    }

    private Track track(Condition now, Condition before, Optional<Track> track) {
        Instant since = now == before ? track.map(Track::since).orElse(facts.now()) : facts.now();
        List<Instant> offlineAt = track.map(Track::offlineAt).orElse(List.of()).stream()
                .filter(at -> Duration.between(at, facts.now()).compareTo(DAY) < 0)
                .toList();
        return new Track(now, since, track.flatMap(Track::shedAt), offlineAt);
    }

    private Optional<String> commonCause(List<Judgement> judgements) {
        List<Judgement> known = judgements.stream()
                .filter(one -> one.target().state() == Target.State.ONLINE && one.condition() != Condition.UNKNOWN)
                .toList();
        long failing = known.stream().filter(one -> one.condition().isFailing()).count();
        return failing > 1 && failing > rules.commonShare() * known.size()
                ? Optional.of(failing + " of " + known.size() + " fail at once: a common cause, nothing is done")
                : Optional.empty();
    }

    private void watch(Judgement judgement) {
        Target target = judgement.target();
        Track track = trackOf(target);
        if (judgement.condition() == Condition.BROKEN && hasLasted(track, rules.brokenFor())) {
            takeOffline(judgement, track);
        } else if (judgement.condition().isFailing()
                && hasLasted(track, rules.degradedFor())
                && track.shedAt()
                        .filter(at -> at.plus(rules.shedEvery()).isAfter(facts.now()))
                        .isEmpty()) {
            actions.add(new MitigationAction.Shed(target, judgement.reason()));
            tracks.put(
                    target.destination(),
                    new Track(track.condition(), track.since(), Optional.of(facts.now()), track.offlineAt()));
        }
    }

    private void takeOffline(Judgement judgement, Track track) {
        int allowed = Math.max(1, (int) (rules.maxOffline() * (online + offline)));
        if (offline >= allowed || online <= 1) {
            held.add(judgement.target().name() + " stays online although broken: " + offline
                    + " are offline of at most " + allowed + ", " + online + " online");
            return;
        }
        online--;
        offline++;
        List<Instant> offlineAt = new ArrayList<>(track.offlineAt());
        if (offlineAt.isEmpty() || offlineAt.get(offlineAt.size() - 1).isBefore(track.since())) {
            // Said once for each time it broke, also where nobody carries it out.
            offlineAt.add(facts.now());
        }
        tracks.put(
                judgement.target().destination(),
                new Track(track.condition(), track.since(), track.shedAt(), offlineAt));
        actions.add(new MitigationAction.TakeOffline(judgement.target(), lasted(judgement, track)));
    }

    private void recover(Judgement judgement) {
        Track track = trackOf(judgement.target());
        if (judgement.condition() == Condition.HEALTHY && hasLasted(track, proof(track))) {
            actions.add(new MitigationAction.BringOnline(judgement.target(), lasted(judgement, track)));
        }
    }

    /** Who breaks again and again has to do well for longer and longer. */
    private Duration proof(Track track) {
        Duration proof = rules.healthyFor();
        for (int i = 1; i < track.offlineAt().size() && proof.compareTo(rules.healthyAtMost()) < 0; i++) {
            proof = proof.multipliedBy(2);
        }
        return proof.compareTo(rules.healthyAtMost()) > 0 ? rules.healthyAtMost() : proof;
    }

    private boolean hasLasted(Track track, Duration least) {
        return Duration.between(track.since(), facts.now()).compareTo(least) >= 0;
    }

    private String lasted(Judgement judgement, Track track) {
        return judgement.reason() + " for "
                + Duration.between(track.since(), facts.now()).toSeconds() + " s";
    }

    private Track trackOf(Target target) {
        return requireNonNull(tracks.get(target.destination()), "a target without a track");
    }

    private int count(Target.State state) {
        return (int) facts.targets().stream()
                .filter(target -> target.state() == state)
                .count();
    }
}
