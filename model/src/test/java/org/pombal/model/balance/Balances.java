package org.pombal.model.balance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.SiteId;

/** Sites to balance. */
final class Balances {

    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    static final SiteId SITE = new SiteId(new UUID(1, 1));
    static final BalanceRules RULES = BalanceRules.DEFAULTS;

    final List<Backend> backends = new ArrayList<>();
    final List<GroupLoad> groups = new ArrayList<>();
    long samples = 3_000;
    Instant measuredAt = NOW;

    Backend backend(int factor) {
        return backend(BackendStatus.ONLINE, factor);
    }

    Backend backend(BackendStatus status, int factor) {
        int number = backends.size() + 1;
        Backend backend = new Backend(
                new BackendId(new UUID(2, number)),
                SITE,
                new HostName("b" + number),
                status,
                new LoadFactor(factor),
                1);
        backends.add(backend);
        return backend;
    }

    void groups(Backend on, int count, double load) {
        for (int i = 0; i < count; i++) {
            groups.add(group(on, load, false, Optional.empty(), Optional.empty()));
        }
    }

    void sticky(Backend on, double load) {
        groups.add(group(on, load, true, Optional.empty(), Optional.empty()));
    }

    void moving(Backend from, Backend to, double load) {
        groups.add(group(from, load, false, Optional.of(to), Optional.empty()));
    }

    void moved(Backend on, double load, Duration ago) {
        groups.add(group(on, load, false, Optional.empty(), Optional.of(NOW.minus(ago))));
    }

    private GroupLoad group(Backend on, double load, boolean sticky, Optional<Backend> to, Optional<Instant> movedAt) {
        int number = groups.size() + 1;
        UserGroup placed = UserGroup.placed(GroupId.numbered(SITE, number), on.id(), Optional.empty());
        return new GroupLoad(
                new UserGroup(
                        placed.id(),
                        placed.owner(),
                        Optional.empty(),
                        to.map(dest ->
                                GroupMove.proposed(new MoveId(new UUID(3, number)), dest.id(), false, "test", NOW)),
                        placed.leaving(),
                        1,
                        sticky,
                        false),
                load,
                movedAt);
    }

    BalanceFacts facts() {
        return new BalanceFacts(NOW, backends, groups, samples, measuredAt);
    }

    BalancePlan plan() {
        return LoadBalancer.plan(facts(), RULES);
    }

    /** Load over load factor, as it is when the plan and the moves under way are done. */
    static Map<BackendId, Double> after(BalanceFacts facts, List<BalanceMove> moves) {
        Map<GroupId, BackendId> places = new HashMap<>();
        facts.groups().forEach(group -> places.put(group.group().id(), group.place()));
        moves.forEach(move -> places.put(move.group().id(), move.to().id()));
        Map<BackendId, Double> loads = new HashMap<>();
        facts.backends().forEach(backend -> loads.put(backend.id(), 0.0));
        facts.groups()
                .forEach(group ->
                        loads.merge(places.getOrDefault(group.group().id(), group.place()), group.load(), Double::sum));
        return loads;
    }

    /** A site of chance. */
    static Balances random(Random random) {
        Balances site = new Balances();
        int backends = 2 + random.nextInt(12);
        for (int i = 0; i < backends; i++) {
            int kind = random.nextInt(10);
            site.backend(
                    kind == 0 ? BackendStatus.STANDBY : kind == 1 ? BackendStatus.OFFLINE : BackendStatus.ONLINE,
                    kind == 2 ? 0 : 1 + random.nextInt(100));
        }
        int groups = random.nextInt(600);
        for (int i = 0; i < groups; i++) {
            Backend on = site.backends.get(random.nextInt(backends));
            double load = random.nextInt(20) == 0 ? 0 : 10 * Math.exp(random.nextGaussian());
            switch (random.nextInt(12)) {
                case 0 -> site.sticky(on, load);
                case 1 -> site.moving(on, site.backends.get(random.nextInt(backends)), load);
                case 2 -> site.moved(on, load, Duration.ofHours(random.nextInt(24)));
                default -> site.groups(on, 1, load);
            }
        }
        return site;
    }
}
