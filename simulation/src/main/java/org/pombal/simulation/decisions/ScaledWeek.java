package org.pombal.simulation.decisions;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.balance.BalanceFacts;
import org.pombal.model.balance.BalanceRules;
import org.pombal.model.balance.GroupLoad;
import org.pombal.model.balance.LoadBalancer;
import org.pombal.model.evacuation.EvacuationPlan;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.scale.BackendNames;
import org.pombal.model.scale.LoadFollowing;
import org.pombal.model.scale.ScaleAction;
import org.pombal.model.scale.ScaleDecision;
import org.pombal.model.scale.ScaleFacts;
import org.pombal.model.scale.ScaleMemory;
import org.pombal.model.scale.ScaleRules;
import org.pombal.model.scale.ScaledBackend;
import org.pombal.model.scale.ScalerAnswer;
import org.pombal.model.scale.Scaling;

/**
 * A week of a site whose number of backends is decided on each minute, and whose load is balanced each ten. A backend takes four minutes from being started to
 * being up, a group two to move; 20 groups a minute leave a backend that is to go. On Wednesday from 14:00 to 16:30 one backend is dead, just before the
 * second peak of the day.
 */
final class ScaledWeek {

    static final BackendNames NAMES = new BackendNames("b%{number}", 0);

    private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");
    private static final double WEIGHT_OF_A_MINUTE = 1 / 60.0;
    private static final double OVERLOADED = 0.85;
    private static final int START_MINUTES = 4;
    private static final int MOVE_MINUTES = 2;
    private static final int BALANCE_MINUTES = 10;
    private static final int DRAIN_RATE = 20;
    private static final int DEAD = 1;
    private static final int DEAD_FROM = 2 * WeekLoad.DAY + 14 * 60;
    private static final int DEAD_UNTIL = DEAD_FROM + 150;

    /** Wants a number of backends. */
    interface Scaler {
        ScalerAnswer wanted(ScaleFacts facts, ScaleMemory memory);
    }

    private final WeekLoad load;
    private final Scaler scaler;
    private final ScaleRules rules;
    private final Map<BackendId, Backend> backends = new LinkedHashMap<>();
    private final Map<HostName, Integer> booting = new HashMap<>();
    private final double[] now = new double[WeekLoad.GROUPS];
    private final double[] measured = new double[WeekLoad.GROUPS];
    private final BackendId[] place = new BackendId[WeekLoad.GROUPS];
    private final Instant[] movedAt = new Instant[WeekLoad.GROUPS];
    private final Map<Integer, Moving> moving = new HashMap<>();
    private ScaleMemory memory = ScaleMemory.EMPTY;
    private int minute;

    double backendHours;

    /** Minutes of backends. */
    int overloaded;

    double highest;
    int started;
    int removed;
    int moves;
    int most;
    int least = Integer.MAX_VALUE;

    /** @param balances only such a move lets the group rest, as in the controller */
    private record Moving(BackendId to, int until, boolean balances) {}

    ScaledWeek(long seed, int count, Scaler scaler, ScaleRules rules) {
        this.load = new WeekLoad(seed);
        this.scaler = requireNonNull(scaler, "scaler is null");
        this.rules = requireNonNull(rules, "rules is null");
        for (int number = 0; number < count; number++) {
            add(NAMES.host(number), BackendStatus.ONLINE);
        }
        List<BackendId> all = List.copyOf(backends.keySet());
        load.fill(0, now);
        for (int i = 0; i < place.length; i++) {
            place[i] = all.get(i % count);
            measured[i] = now[i];
        }
    }

    private void add(HostName host, BackendStatus status) {
        BackendId id = new BackendId(new UUID(started, NAMES.number(host).orElseThrow()));
        backends.put(id, new Backend(id, LargeSite.SITE, host, status, LoadFactor.FULL, 1));
    }

    private Instant instant() {
        return MONDAY.plus(Duration.ofMinutes(minute));
    }

    private boolean isDead(Backend backend) {
        return NAMES.number(backend.host()).orElseThrow() == DEAD && minute >= DEAD_FROM && minute < DEAD_UNTIL;
    }

    ScaledWeek run() {
        for (minute = 0; minute < WeekLoad.WEEK; minute++) {
            load.fill(minute, now);
            for (int i = 0; i < now.length; i++) {
                measured[i] += WEIGHT_OF_A_MINUTE * (now[i] - measured[i]);
            }
            arrive();
            breakAndRepair();
            drain();
            if (minute % BALANCE_MINUTES == 0) {
                LoadBalancer.plan(balanceFacts(), BalanceRules.DEFAULTS)
                        .now()
                        .forEach(move -> begin(number(move.group()), move.to().id(), true));
            }
            scale();
            observe();
        }
        return this;
    }

    private void arrive() {
        for (Iterator<Map.Entry<Integer, Moving>> all = moving.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Integer, Moving> one = all.next();
            if (one.getValue().until() <= minute) {
                place[one.getKey()] = one.getValue().to();
                if (one.getValue().balances()) {
                    movedAt[one.getKey()] = instant();
                }
                all.remove();
            }
        }
    }

    private void begin(int group, BackendId to, boolean balances) {
        moving.put(group, new Moving(to, minute + MOVE_MINUTES, balances));
        moves++;
    }

    private void breakAndRepair() {
        for (Backend backend : List.copyOf(backends.values())) {
            if (isDead(backend) && backend.status() == BackendStatus.ONLINE) {
                backends.put(backend.id(), backend.withStatus(BackendStatus.OFFLINE));
                takeOver(backend);
            } else if (!isDead(backend) && backend.status() == BackendStatus.OFFLINE) {
                backends.put(backend.id(), backend.withStatus(BackendStatus.ONLINE));
            }
        }
    }

    /** Its lease is broken within seconds; others have its groups at once. */
    private void takeOver(Backend dead) {
        moving.values().removeIf(move -> move.to().equals(dead.id()));
        List<UserGroup> left = groups().stream()
                .filter(group -> group.backend().equals(dead.id()))
                .toList();
        EvacuationPlan.of(dead.id(), left, backends.values(), counts()).moves().forEach(move -> {
            int group = number(move.group());
            moving.remove(group);
            place[group] = move.to().id();
        });
    }

    private Map<BackendId, Integer> counts() {
        Map<BackendId, Integer> counts = new HashMap<>();
        for (int i = 0; i < place.length; i++) {
            Moving move = moving.get(i);
            counts.merge(move == null ? place[i] : move.to(), 1, Integer::sum);
        }
        return counts;
    }

    private void drain() {
        for (Backend backend : List.copyOf(backends.values())) {
            if (backend.loadFactor().equals(LoadFactor.DRAIN) && backend.status() == BackendStatus.ONLINE) {
                List<UserGroup> own = groups().stream()
                        .filter(group -> group.backend().equals(backend.id()))
                        .toList();
                List<UserGroup> resting =
                        own.stream().filter(group -> !group.isMoving()).toList();
                if (own.isEmpty()) {
                    backends.put(backend.id(), backend.withStatus(BackendStatus.STANDBY));
                } else if (EvacuationPlan.hasDestination(backend.id(), backends.values())) {
                    EvacuationPlan.of(backend.id(), resting, backends.values(), counts()).moves().stream()
                            .limit(DRAIN_RATE)
                            .forEach(move ->
                                    begin(number(move.group()), move.to().id(), false));
                }
            }
        }
    }

    private static int number(UserGroup group) {
        return Integer.parseInt(group.id().name().substring(GroupId.DEFAULT_PREFIX.length())) - 1;
    }

    private List<UserGroup> groups() {
        List<UserGroup> groups = new ArrayList<>(place.length);
        for (int i = 0; i < place.length; i++) {
            GroupId id = GroupId.numbered(LargeSite.SITE, i + 1);
            UserGroup group = UserGroup.placed(id, place[i], Optional.empty());
            Moving move = moving.get(i);
            groups.add(
                    move == null
                            ? group
                            : new UserGroup(
                                    id,
                                    group.owner(),
                                    Optional.empty(),
                                    Optional.of(GroupMove.proposed(
                                            new MoveId(new UUID(5, i)), move.to(), false, "move", instant())),
                                    group.leaving(),
                                    1,
                                    false,
                                    false));
        }
        return groups;
    }

    private BalanceFacts balanceFacts() {
        List<GroupLoad> loads = new ArrayList<>(place.length);
        groups().forEach(group -> {
            int number = number(group);
            loads.add(new GroupLoad(group, measured[number], Optional.ofNullable(movedAt[number])));
        });
        return new BalanceFacts(instant(), List.copyOf(backends.values()), loads, 3_000, instant());
    }

    private Map<BackendId, Double> use() {
        Map<BackendId, Double> use = new HashMap<>();
        for (int i = 0; i < place.length; i++) {
            use.merge(place[i], now[i], Double::sum);
        }
        return use;
    }

    private void scale() {
        booting.forEach((host, ready) -> {
            if (ready == minute) {
                add(host, BackendStatus.STANDBY);
            }
        });
        booting.values().removeIf(ready -> ready <= minute);
        ScaleFacts facts = facts();
        ScaleDecision decision = Scaling.decide(facts, scaler.wanted(facts, memory), memory, rules);
        memory = decision.memory();
        for (ScaleAction action : decision.actions()) {
            carryOut(action);
            memory = memory.after(action, instant());
        }
    }

    private ScaleFacts facts() {
        Map<BackendId, Double> use = use();
        Map<BackendId, Integer> owned = new HashMap<>();
        Map<BackendId, Integer> arriving = new HashMap<>();
        for (BackendId one : place) {
            owned.merge(one, 1, Integer::sum);
        }
        moving.values().forEach(move -> arriving.merge(move.to(), 1, Integer::sum));
        return new ScaleFacts(
                instant(),
                backends.values().stream()
                        .map(backend -> new ScaledBackend(
                                backend,
                                NAMES.number(backend.host()),
                                owned.getOrDefault(backend.id(), 0),
                                0,
                                arriving.getOrDefault(backend.id(), 0),
                                !isDead(backend),
                                isDead(backend),
                                measured(backend, use.getOrDefault(backend.id(), 0.0))))
                        .toList());
    }

    private Optional<ScaledBackend.Measured> measured(Backend backend, double use) {
        return isDead(backend)
                ? Optional.empty()
                : Optional.of(new ScaledBackend.Measured(
                        instant(), OptionalDouble.of(Math.min(1, use)), OptionalDouble.of(use > 0 ? 1 : 0), use));
    }

    private void carryOut(ScaleAction action) {
        if (action instanceof ScaleAction.Start start) {
            started++;
            booting.put(start.host(), minute + START_MINUTES);
        } else if (action instanceof ScaleAction.BringOnline online) {
            backends.computeIfPresent(online.backend().id(), (id, row) -> row.withStatus(BackendStatus.ONLINE));
            // As the controller does: else what came to the backends before it could not go on to this one.
            Arrays.fill(movedAt, null);
        } else if (action instanceof ScaleAction.Drain drain) {
            backends.computeIfPresent(drain.backend().id(), (id, row) -> row.withLoadFactor(LoadFactor.DRAIN));
        } else if (action instanceof ScaleAction.Keep keep) {
            backends.computeIfPresent(keep.backend().id(), (id, row) -> row.withLoadFactor(LoadFactor.FULL)
                    .withStatus(BackendStatus.ONLINE));
        } else if (action instanceof ScaleAction.Remove remove) {
            backends.remove(remove.backend().id());
            removed++;
        }
        // Started backends are entered when they have come up, and what is removed is paid for until then.
    }

    private void observe() {
        int running = backends.size() + booting.size();
        backendHours += running / 60.0;
        most = Math.max(most, running);
        least = Math.min(least, running);
        Map<BackendId, Double> use = use();
        for (double one : use.values()) {
            overloaded += one > OVERLOADED ? 1 : 0;
            highest = Math.max(highest, one);
        }
        if (use.keySet().stream().anyMatch(id -> !backends.containsKey(id))) {
            throw new IllegalStateException("a group is on a backend that was removed, in minute " + minute);
        }
    }

    /** That of the model. */
    static Scaler byLoad(ScaleRules rules) {
        return (facts, memory) -> LoadFollowing.wanted(facts, memory, rules.load());
    }
}
