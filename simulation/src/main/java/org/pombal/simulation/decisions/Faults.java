package org.pombal.simulation.decisions;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.pombal.model.backend.Backend;
import org.pombal.model.balance.BalanceFacts;
import org.pombal.model.balance.BalancePlan;
import org.pombal.model.balance.BalanceRules;
import org.pombal.model.balance.GroupLoad;
import org.pombal.model.balance.LoadBalancer;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.mitigation.Mitigation;
import org.pombal.model.mitigation.MitigationFacts;
import org.pombal.model.mitigation.MitigationMemory;
import org.pombal.model.mitigation.MitigationRules;
import org.pombal.model.mitigation.Target;

/** Faults of what surrounds the backends, half an hour each, in which nothing may be done; and one of a backend, in which something must. */
final class Faults {

    private static final Instant BEGIN = Instant.parse("2026-01-01T12:00:00Z");
    private static final int MINUTES = 30;
    private static final int BACKENDS = 10;
    private static final int PROXIES = 4;

    private final Random random;
    private final List<Backend> backends = new ArrayList<>();
    private boolean good = true;

    /** What all proxies report in a minute. */
    private interface Minute {
        void report(Reports reports, int proxy, Backend backend, int number, int minute);
    }

    Faults(long seed) {
        random = new Random(seed);
        for (int i = 0; i < BACKENDS; i++) {
            backends.add(LargeSite.backend(i, 100));
        }
    }

    boolean run(PrintStream out) {
        Table table = new Table("Faults that must cause no action, 30 min each", "fault", "actions", "said");
        Minute healthy = (reports, proxy, backend, number, minute) -> healthy(reports, proxy, backend);
        none(table, "nothing is wrong", healthy, Duration.ZERO, Duration.ZERO);
        none(table, "all proxies lose GeoDB: no row is written any more", healthy, Duration.ofHours(-2), Duration.ZERO);
        none(
                table,
                "LDAP is down: proxies cannot authenticate",
                (reports, proxy, backend, number, minute) -> reports.excluded(proxy, backend, 100),
                Duration.ZERO,
                Duration.ZERO);
        none(
                table,
                "LDAP is down behind all backends: they refuse everybody",
                (reports, proxy, backend, number, minute) -> reports.refused(proxy, backend, 100, 1),
                Duration.ZERO,
                Duration.ZERO);
        none(
                table,
                "the network of one proxy is gone",
                (reports, proxy, backend, number, minute) -> {
                    if (proxy == 0) {
                        reports.sessions(proxy, backend, 100, 1, 60);
                    } else {
                        healthy(reports, proxy, backend);
                    }
                },
                Duration.ZERO,
                Duration.ZERO);
        none(
                table,
                "60 % of the backends are slow at once",
                (reports, proxy, backend, number, minute) ->
                        reports.sessions(proxy, backend, 100, 0.01, number < 6 ? 8_000 : 60),
                Duration.ZERO,
                Duration.ZERO);
        none(
                table,
                "60 % of the backends fail at once",
                (reports, proxy, backend, number, minute) ->
                        reports.sessions(proxy, backend, 100, number < 6 ? 0.8 : 0.01, 60),
                Duration.ZERO,
                Duration.ZERO);
        Minute broken = (reports, proxy, backend, number, minute) -> {
            if (number == 3) {
                reports.sessions(proxy, backend, 100, 1, 60);
                reports.probes(proxy, backend, 10, 1);
            } else {
                healthy(reports, proxy, backend);
            }
        };
        none(
                table,
                "clocks of proxies are an hour ahead, a backend broken",
                broken,
                Duration.ofHours(1),
                Duration.ZERO);
        none(
                table,
                "the controller's clock jumps by 10 min each minute, a backend broken",
                broken,
                Duration.ZERO,
                Duration.ofMinutes(9));
        balance(table, "Prometheus is stale", Duration.ofHours(-1), 5_000);
        balance(table, "Prometheus is ahead by an hour", Duration.ofHours(1), 5_000);
        balance(table, "Prometheus has just begun", Duration.ZERO, 100);
        table.print(out);
        Table control = new Table("And the same site when one backend is broken", "fault", "actions", "said");
        check(control, "a backend accepts, then resets", broken, Duration.ZERO, Duration.ZERO, false);
        control.print(out);
        return good;
    }

    private void healthy(Reports reports, int proxy, Backend backend) {
        reports.sessions(proxy, backend, 100, 0.02 * random.nextDouble(), 50 + random.nextInt(30));
        reports.probes(proxy, backend, 10, 0);
    }

    private void none(Table table, String name, Minute minute, Duration skew, Duration jump) {
        check(table, name, minute, skew, jump, true);
    }

    /**
     * @param skew by which the rows' times are wrong
     * @param jump by which the controller's clock is set on after each minute
     */
    private void check(Table table, String name, Minute minute, Duration skew, Duration jump, boolean mustBeNone) {
        MitigationMemory memory = MitigationMemory.EMPTY;
        int actions = 0;
        String said = "";
        for (int i = 0; i < MINUTES; i++) {
            Instant now = BEGIN.plus(Duration.ofMinutes(i)).plus(jump.multipliedBy(i));
            Reports reports = new Reports(now.plus(skew));
            for (int proxy = 0; proxy < PROXIES; proxy++) {
                for (int number = 0; number < BACKENDS; number++) {
                    minute.report(reports, proxy, backends.get(number), number, i);
                }
            }
            MitigationFacts facts = MitigationFacts.ofBackends(
                    now, backends.stream().map(Target::of).toList(), reports.rows());
            Mitigation.Decision decision = Mitigation.decide(facts, memory, MitigationRules.DEFAULTS);
            memory = decision.memory();
            actions += decision.actions().size();
            if (!decision.actions().isEmpty()) {
                said = decision.actions().get(0).reason();
                break;
            }
            said = decision.held().orElse(decision.judgements().get(0).reason());
        }
        good &= mustBeNone ? actions == 0 : actions == 1;
        table.row(name, actions, said);
    }

    private void balance(Table table, String name, Duration age, long samples) {
        List<GroupLoad> groups = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            UserGroup group = UserGroup.placed(
                    GroupId.numbered(LargeSite.SITE, i), backends.get(i % 2).id(), Optional.empty());
            groups.add(new GroupLoad(group, 10, Optional.empty()));
        }
        BalancePlan plan = LoadBalancer.plan(
                new BalanceFacts(BEGIN, backends, groups, samples, BEGIN.plus(age)), BalanceRules.DEFAULTS);
        good &= plan.moves().isEmpty();
        table.row(name + ", all load on two backends", plan.moves().size(), plan.reason());
    }
}
