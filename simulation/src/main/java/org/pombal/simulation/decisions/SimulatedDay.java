package org.pombal.simulation.decisions;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.balance.BalanceFacts;
import org.pombal.model.balance.BalanceMove;
import org.pombal.model.balance.BalanceRules;
import org.pombal.model.balance.ClassicBalancer;
import org.pombal.model.balance.GroupLoad;
import org.pombal.model.balance.LoadBalancer;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.mitigation.Mitigation;
import org.pombal.model.mitigation.MitigationAction;
import org.pombal.model.mitigation.MitigationFacts;
import org.pombal.model.mitigation.MitigationMemory;
import org.pombal.model.mitigation.MitigationRules;
import org.pombal.model.mitigation.Shedding;
import org.pombal.model.mitigation.Target;
import org.pombal.model.statistics.ProxyDestination;

/**
 * A day of a site of 40 backends, then 42, and 4,000 groups, minute by minute.
 *
 * <p>Groups follow a daily curve, some in business hours, others in the evening, with noise. 03:00 backends 0 to 9 are restarted one after the
 * other, each for a minute. 09:00 to 11:00 one group has forty times its load. 11:00 to 12:30 a fifth of the sessions of backend 20 fail. 14:00
 * to 15:30 backend 30 is dead. 16:00 two backends are added. 19:00 backend 5 gets load factor 0.
 */
final class SimulatedDay {

    private static final Instant MIDNIGHT = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MINUTES = 24 * 60;
    private static final int GROUPS = 4_000;
    private static final int PROXIES = 4;
    /** A measured load is a mean over an hour, with more weight on what is new. */
    private static final double WEIGHT_OF_A_MINUTE = 1 / 60.0;

    private static final double OUT_OF_BAND = 0.1;
    private static final int MOVE_MINUTES = 2;
    private static final int PASS_MINUTES = 10;

    private final Random random;
    private final boolean classic;
    private final List<Backend> backends = new ArrayList<>();
    private final double[] base = new double[GROUPS];
    private final double[] peakHour = new double[GROUPS];
    private final double[] measured = new double[GROUPS];
    private final int[] place = new int[GROUPS];
    private final Instant[] movedAt = new Instant[GROUPS];
    private final Map<Integer, Moving> moving = new HashMap<>();
    private final Map<BackendId, Integer> numbers = new HashMap<>();
    private MitigationMemory memory = MitigationMemory.EMPTY;
    final DayFigures figures = new DayFigures(GROUPS);

    /** A group that is on its way. */
    private record Moving(int to, int until, boolean balances) {}

    SimulatedDay(long seed, boolean classic) {
        this.random = new Random(seed);
        this.classic = classic;
        for (int i = 0; i < 40; i++) {
            add(LargeSite.backend(i, i % 4 == 3 ? 50 : 100));
        }
        int[] places = Rendezvous.places(GROUPS, backends);
        for (int i = 0; i < GROUPS; i++) {
            base[i] = 20 * Math.exp(0.8 * random.nextGaussian());
            peakHour[i] = random.nextInt(4) == 0 ? 20 : 11;
            place[i] = places[i];
            measured[i] = load(i, 0);
        }
    }

    private void add(Backend backend) {
        numbers.put(backend.id(), backends.size());
        backends.add(backend);
    }

    private int number(BackendId id) {
        return requireNonNull(numbers.get(id), "an unknown backend");
    }

    private double load(int group, int minute) {
        double hours = minute / 60.0 - peakHour[group];
        double curve = 0.6 + 0.4 * Math.cos(hours * Math.PI / 12);
        double hot = group == 17 && minute >= 9 * 60 && minute < 11 * 60 ? 40 : 1;
        return base[group] * curve * hot * Math.exp(0.15 * random.nextGaussian());
    }

    SimulatedDay run() {
        for (int minute = 0; minute < MINUTES; minute++) {
            Instant now = MIDNIGHT.plus(Duration.ofMinutes(minute));
            change(minute);
            arrive(minute, now);
            for (int i = 0; i < GROUPS; i++) {
                measured[i] += WEIGHT_OF_A_MINUTE * (load(i, minute) - measured[i]);
            }
            mitigate(minute, now);
            if (minute % PASS_MINUTES == 0) {
                balance(minute, now);
            }
            observe();
        }
        return this;
    }

    private void change(int minute) {
        if (minute == 14 * 60) {
            // Its lease is broken within seconds, and others take over what it had.
            for (int i = 0; i < GROUPS; i++) {
                if (place[i] == 30) {
                    place[i] = leastLoaded(30);
                    figures.takenOver++;
                }
            }
        }
        if (minute == 16 * 60) {
            add(LargeSite.backend(40, 100));
            add(LargeSite.backend(41, 100));
        }
        if (minute == 19 * 60) {
            backends.set(5, backends.get(5).withLoadFactor(LoadFactor.DRAIN));
        }
    }

    private double failing(int backend, int minute) {
        if (backend < 10 && minute == 3 * 60 + 5 * backend) {
            return 0.9;
        }
        if (backend == 20 && minute >= 11 * 60 && minute < 12 * 60 + 30) {
            return 0.2;
        }
        return backend == 30 && minute >= 14 * 60 && minute < 15 * 60 + 30 ? 1 : 0.002;
    }

    private int leastLoaded(int except) {
        double[] loads = loads();
        int best = -1;
        for (int i = 0; i < backends.size(); i++) {
            if (i != except && backends.get(i).takesNewGroups() && (best < 0 || level(loads, i) < level(loads, best))) {
                best = i;
            }
        }
        return best;
    }

    private double[] loads() {
        double[] loads = new double[backends.size()];
        for (int i = 0; i < GROUPS; i++) {
            loads[place[i]] += measured[i];
        }
        return loads;
    }

    private double level(double[] loads, int backend) {
        return loads[backend] / Math.max(1, backends.get(backend).loadFactor().percent());
    }

    private void arrive(int minute, Instant now) {
        moving.entrySet().removeIf(entry -> {
            boolean done = entry.getValue().until() <= minute;
            if (done) {
                if (entry.getValue().balances()) {
                    figures.arrived(
                            entry.getKey(),
                            place[entry.getKey()],
                            entry.getValue().to(),
                            minute);
                }
                place[entry.getKey()] = entry.getValue().to();
                movedAt[entry.getKey()] = now;
            }
            return done;
        });
    }

    private void mitigate(int minute, Instant now) {
        Reports reports = new Reports(now);
        double[] loads = loads();
        for (int proxy = 0; proxy < PROXIES; proxy++) {
            for (int i = 0; i < backends.size(); i++) {
                Backend backend = backends.get(i);
                double failing = failing(i, minute);
                reports.probes(proxy, backend, 10, failing);
                if (backend.status() == BackendStatus.ONLINE) {
                    reports.sessions(
                            proxy, backend, 5 + (int) (loads[i] / 20), failing + 0.002 * random.nextDouble(), 60);
                }
            }
        }
        MitigationFacts facts = MitigationFacts.ofBackends(
                now, backends.stream().map(Target::of).toList(), reports.rows());
        Mitigation.Decision decision = Mitigation.decide(facts, memory, MitigationRules.DEFAULTS);
        memory = decision.memory();
        for (MitigationAction action : decision.actions()) {
            int number = number(((ProxyDestination.OfBackend) action.target().destination()).id());
            Backend backend = backends.get(number);
            String when = String.format(Locale.ROOT, "%02d:%02d ", minute / 60, minute % 60);
            if (action instanceof MitigationAction.TakeOffline) {
                backends.set(number, backend.withStatus(BackendStatus.OFFLINE));
                figures.events.add(when + backend.host() + " offline: " + action.reason());
            } else if (action instanceof MitigationAction.BringOnline) {
                backends.set(number, backend.withStatus(BackendStatus.ONLINE));
                figures.events.add(when + backend.host() + " online: " + action.reason());
            } else {
                List<GroupLoad> groups = facts(now).groups();
                Shedding.from(
                                backend,
                                backends,
                                groups,
                                Shedding.failing(backends, decision.judgements()),
                                Set.of(),
                                action.reason())
                        .ifPresent(move -> {
                            figures.shed++;
                            begin(move, minute, false);
                        });
            }
        }
    }

    private BalanceFacts facts(Instant now) {
        List<GroupLoad> groups = new ArrayList<>(GROUPS);
        for (int i = 0; i < GROUPS; i++) {
            GroupId id = GroupId.numbered(LargeSite.SITE, i + 1);
            UserGroup group = UserGroup.placed(id, backends.get(place[i]).id(), Optional.empty());
            Moving move = moving.get(i);
            if (move != null) {
                group = new UserGroup(
                        id,
                        group.owner(),
                        Optional.empty(),
                        Optional.of(GroupMove.proposed(
                                new MoveId(new UUID(5, i)),
                                backends.get(move.to()).id(),
                                false,
                                "balance",
                                now)),
                        group.leaving(),
                        1,
                        false,
                        false);
            }
            groups.add(new GroupLoad(group, measured[i], Optional.ofNullable(movedAt[i])));
        }
        return new BalanceFacts(now, backends, groups, 3_000, now);
    }

    private void balance(int minute, Instant now) {
        BalanceRules rules = BalanceRules.DEFAULTS;
        if (classic) {
            if (minute % 60 == 0) {
                ClassicBalancer.plan(facts(now), classicRules(rules), scores())
                        .now()
                        .forEach(move -> begin(move, minute));
            }
            // Drains are the same; with too few samples, nothing else is planned.
            rules = new BalanceRules(
                    1_000_000,
                    rules.threshold(),
                    rules.band(),
                    rules.maxMoves(),
                    rules.drainMoves(),
                    rules.cooldown(),
                    rules.maxAge());
        }
        LoadBalancer.plan(facts(now), rules).now().forEach(move -> begin(move, minute));
    }

    private static BalanceRules classicRules(BalanceRules rules) {
        return new BalanceRules(rules.minSamples(), 1, rules.band(), 1, 1, rules.cooldown(), rules.maxAge());
    }

    /** One metric, the load relative to the load factor. */
    private Map<BackendId, Double> scores() {
        double[] loads = loads();
        List<Integer> taking = new ArrayList<>();
        for (int i = 0; i < loads.length; i++) {
            if (backends.get(i).takesNewGroups()) {
                taking.add(i);
            }
        }
        double mean =
                taking.stream().mapToDouble(i -> level(loads, i)).average().orElse(0);
        double deviation = Math.sqrt(taking.stream()
                .mapToDouble(i -> Math.pow(level(loads, i) - mean, 2))
                .average()
                .orElse(0));
        Map<BackendId, Double> scores = new HashMap<>();
        taking.forEach(i -> scores.put(backends.get(i).id(), (level(loads, i) - mean) / deviation));
        return scores;
    }

    private void begin(BalanceMove move, int minute) {
        boolean drains = move.from().loadFactor().percent() == 0;
        if (drains) {
            figures.drained++;
        }
        begin(move, minute, !drains);
    }

    private void begin(BalanceMove move, int minute, boolean balances) {
        int group = Integer.parseInt(move.group().id().name().substring(GroupId.DEFAULT_PREFIX.length())) - 1;
        moving.put(group, new Moving(number(move.to().id()), minute + MOVE_MINUTES, balances));
        figures.moved(group, measured[group], balances);
    }

    private void observe() {
        double[] loads = loads();
        double all = 0;
        double factors = 0;
        for (int i = 0; i < loads.length; i++) {
            if (backends.get(i).takesNewGroups()) {
                all += loads[i];
                factors += backends.get(i).loadFactor().percent();
            }
        }
        for (int i = 0; i < loads.length; i++) {
            if (backends.get(i).takesNewGroups()) {
                double level = level(loads, i) * factors / all;
                figures.observed(Math.abs(level - 1) > OUT_OF_BAND, level);
            }
        }
    }
}
