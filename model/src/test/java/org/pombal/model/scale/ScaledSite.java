package org.pombal.model.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.site.SiteId;

/** A site whose platform does at once what it is asked for, as decisions are made about it one after the other. */
final class ScaledSite {

    static final BackendNames NAMES = new BackendNames("b%{number}.example.org", 1);
    private static final SiteId SITE = new SiteId(new UUID(1, 1));

    final List<ScaledBackend> backends = new ArrayList<>();
    ScaleRules rules = ScaleRules.of(1, 9, NAMES);
    ScaleMemory memory = ScaleMemory.EMPTY;
    Instant now = Instant.parse("2026-01-05T12:00:00Z");
    /** Of the whole site, in whole backends. */
    double cpu;

    ScaledSite(int count, double cpu) {
        for (int number = 1; number <= count; number++) {
            backends.add(online(number));
        }
        this.cpu = cpu;
    }

    private static ScaledBackend online(int number) {
        Backend backend = Backend.added(new BackendId(new UUID(2, number)), SITE, NAMES.host(number))
                .withStatus(BackendStatus.ONLINE);
        return new ScaledBackend(backend, OptionalInt.of(number), 10, 0, 0, true, false, Optional.empty());
    }

    void advance(Duration time) {
        now = now.plus(time);
    }

    ScaledBackend backend(int number) {
        return backends.stream()
                .filter(one -> one.number().equals(OptionalInt.of(number)))
                .findFirst()
                .orElseThrow();
    }

    void set(int number, BackendStatus status, int groups, int sticky, boolean up) {
        ScaledBackend old = backend(number);
        put(new ScaledBackend(
                old.backend().withStatus(status), old.number(), groups, sticky, 0, up, old.over(), old.measured()));
    }

    void put(ScaledBackend backend) {
        backends.replaceAll(one -> one.backend().id().equals(backend.backend().id()) ? backend : one);
    }

    /** The load is spread evenly over those that serve, and just measured. */
    ScaleFacts facts() {
        long serving = backends.stream().filter(ScaledBackend::serves).count();
        return new ScaleFacts(
                now,
                backends.stream()
                        .map(one -> new ScaledBackend(
                                one.backend(),
                                one.number(),
                                one.groups(),
                                one.sticky(),
                                one.arriving(),
                                one.up(),
                                one.over(),
                                one.up()
                                        ? Optional.of(new ScaledBackend.Measured(
                                                now,
                                                OptionalDouble.of(one.serves() ? Math.min(1, cpu / serving) : 0),
                                                OptionalDouble.of(one.groups()),
                                                one.serves() ? 100 * cpu / serving : 0))
                                        : Optional.empty()))
                        .toList());
    }

    ScalerAnswer byLoad() {
        return LoadFollowing.wanted(facts(), memory, rules.load());
    }

    ScaleDecision decide(ScalerAnswer answer) {
        ScaleDecision decision = Scaling.decide(facts(), answer, memory, rules);
        memory = decision.memory();
        return decision;
    }

    /** Decides, and lets all of it come true. */
    ScaleDecision pass(ScalerAnswer answer) {
        ScaleDecision decision = decide(answer);
        decision.actions().forEach(this::carryOut);
        return decision;
    }

    ScaleDecision pass(int wanted) {
        return pass(new ScalerAnswer.Wanted(wanted, "said so"));
    }

    void carryOut(ScaleAction action) {
        memory = memory.after(action, now);
        if (action instanceof ScaleAction.Register register) {
            ScaledBackend made = online(NAMES.number(register.host()).orElseThrow());
            backends.add(new ScaledBackend(
                    made.backend().withStatus(BackendStatus.STANDBY),
                    made.number(),
                    0,
                    0,
                    0,
                    true,
                    false,
                    Optional.empty()));
        } else if (action instanceof ScaleAction.BringOnline online) {
            set(number(online.backend().host()), BackendStatus.ONLINE, 10, 0, true);
        } else if (action instanceof ScaleAction.Drain drain) {
            ScaledBackend old = backend(drain.number());
            put(new ScaledBackend(
                    old.backend().withLoadFactor(LoadFactor.DRAIN),
                    old.number(),
                    old.groups(),
                    0,
                    0,
                    old.up(),
                    false,
                    Optional.empty()));
        } else if (action instanceof ScaleAction.Keep keep) {
            ScaledBackend old = backend(keep.leaving().number());
            put(new ScaledBackend(
                    old.backend().withLoadFactor(keep.leaving().before()).withStatus(BackendStatus.ONLINE),
                    old.number(),
                    old.groups(),
                    0,
                    0,
                    old.up(),
                    false,
                    Optional.empty()));
        } else if (action instanceof ScaleAction.Remove remove) {
            backends.removeIf(one -> one.backend().id().equals(remove.backend().id()));
        }
    }

    /** The groups of a backend have gone. */
    void emptied(int number) {
        set(number, BackendStatus.STANDBY, 0, 0, true);
    }

    private static int number(HostName host) {
        return NAMES.number(host).orElseThrow();
    }
}
