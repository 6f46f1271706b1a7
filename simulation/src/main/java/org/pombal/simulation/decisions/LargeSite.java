package org.pombal.simulation.decisions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.balance.BalanceFacts;
import org.pombal.model.balance.GroupLoad;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.SiteId;

/**
 * A site of 1,000 backends and 100,000 groups. Load factors are 100, 75, 50 and 25; loads of groups are log-normal, of which the heaviest
 * is some thirty times the median; 2 % of the groups are sticky, 3 % rest after a move, 0.2 % are on the move.
 */
final class LargeSite {

    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    static final SiteId SITE = new SiteId(new UUID(1, 1));
    static final int BACKENDS = 1_000;
    static final int GROUPS = 100_000;

    private final Random random;
    final List<Backend> backends = new ArrayList<>();
    final double[] loads = new double[GROUPS];
    final int[] places;

    /** @param empty how many of the backends have no groups yet */
    LargeSite(long seed, int empty) {
        random = new Random(seed);
        for (int i = 0; i < BACKENDS; i++) {
            int one = random.nextInt(100);
            backends.add(backend(i, one < 60 ? 100 : one < 75 ? 75 : one < 95 ? 50 : 25));
        }
        for (int i = 0; i < GROUPS; i++) {
            loads[i] = 20 * Math.exp(random.nextGaussian());
        }
        places = Rendezvous.places(GROUPS, backends.subList(0, BACKENDS - empty));
    }

    static Backend backend(int number, int factor) {
        return new Backend(
                new BackendId(new UUID(2, number)),
                SITE,
                new HostName("b" + number),
                BackendStatus.ONLINE,
                new LoadFactor(factor),
                1);
    }

    /** Some machines get less than they had. */
    void halve(int count) {
        for (int i = 0; i < count; i++) {
            Backend backend = backends.get(i);
            backends.set(
                    i,
                    backend.withLoadFactor(
                            new LoadFactor(Math.max(1, backend.loadFactor().percent() / 2))));
        }
    }

    /** Some groups become so heavy that one alone is more than a backend's share. */
    void overload(int count) {
        for (int i = 0; i < count; i++) {
            loads[random.nextInt(GROUPS)] = 6_000;
        }
    }

    BalanceFacts facts() {
        List<GroupLoad> groups = new ArrayList<>(GROUPS);
        for (int i = 0; i < GROUPS; i++) {
            BackendId place = backends.get(places[i]).id();
            boolean sticky = random.nextInt(100) < 2;
            UserGroup group = UserGroup.atRest(
                    GroupId.numbered(SITE, i + 1),
                    UserGroup.placed(GroupId.numbered(SITE, i + 1), place, Optional.empty())
                            .owner(),
                    Optional.empty(),
                    1,
                    sticky,
                    false);
            if (random.nextInt(1_000) < 2) {
                GroupMove move = GroupMove.proposed(
                        new MoveId(new UUID(3, i)),
                        backends.get(random.nextInt(BACKENDS)).id(),
                        false,
                        "before",
                        NOW);
                group = new UserGroup(
                        group.id(),
                        group.owner(),
                        group.failover(),
                        Optional.of(move),
                        group.leaving(),
                        group.epoch(),
                        sticky,
                        false);
            }
            Optional<Instant> movedAt =
                    random.nextInt(100) < 3 ? Optional.of(NOW.minusSeconds(3_600)) : Optional.empty();
            groups.add(new GroupLoad(group, loads[i], movedAt));
        }
        return new BalanceFacts(NOW, backends, groups, 5_000, NOW);
    }
}
