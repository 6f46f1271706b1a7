package org.pombal.model.mitigation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.FailureKind;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.model.statistics.Traffic;

/** A site whose proxies report what a test says, minute by minute; actions are carried out. */
final class Proxies {

    static final SiteId SITE = new SiteId(new UUID(1, 1));
    static final Instant BEGIN = Instant.parse("2026-01-01T12:00:00Z");
    static final Counts GOOD = counts(100, 0, FailureKind.CONNECT, 50);
    static final Counts BAD = counts(0, 100, FailureKind.CONNECT, 50);

    /** What a proxy has seen of a backend in the last minute. */
    interface Sight {
        Map<Traffic, Counts> of(int proxy, int backend);
    }

    final List<Backend> backends = new ArrayList<>();
    final List<MitigationAction> actions = new ArrayList<>();
    final Set<Integer> silent = new HashSet<>();
    final int proxies;
    Instant now = BEGIN;
    Duration skew = Duration.ZERO;
    MitigationMemory memory = MitigationMemory.EMPTY;
    MitigationRules rules = MitigationRules.DEFAULTS;
    boolean carriesOut = true;

    Proxies(int proxies, int backends) {
        this.proxies = proxies;
        for (int i = 0; i < backends; i++) {
            this.backends.add(new Backend(
                    new BackendId(new UUID(2, i)),
                    SITE,
                    new HostName("b" + i),
                    BackendStatus.ONLINE,
                    LoadFactor.FULL,
                    1));
        }
    }

    static Counts counts(long successes, long failures, FailureKind kind, long milliseconds) {
        return new Counts(
                successes + failures, successes, Map.of(kind, failures), Duration.ofMillis(milliseconds * successes));
    }

    static Map<Traffic, Counts> sessions(Counts counts) {
        return Map.of(Traffic.SESSIONS, counts);
    }

    void status(int backend, BackendStatus status) {
        backends.set(backend, backends.get(backend).withStatus(status));
    }

    /** Runs so many minutes, or until something is done. */
    Mitigation.Decision run(int minutes, Sight sight) {
        Mitigation.Decision decision = minute(sight);
        for (int i = 1; i < minutes && decision.actions().isEmpty(); i++) {
            decision = minute(sight);
        }
        return decision;
    }

    Mitigation.Decision minute(Sight sight) {
        now = now.plus(Duration.ofMinutes(1));
        List<DestinationStatistics> rows = new ArrayList<>();
        for (int proxy = 0; proxy < proxies; proxy++) {
            for (int i = 0; i < backends.size(); i++) {
                int number = i;
                int from = proxy;
                Instant until = now.plus(skew).minus(silent.contains(proxy) ? Duration.ofHours(1) : Duration.ZERO);
                sight.of(proxy, i)
                        .forEach((traffic, counts) -> rows.add(new DestinationStatistics(
                                SITE,
                                new HostName("proxy" + from),
                                new ProxyDestination.OfBackend(
                                        backends.get(number).id()),
                                traffic,
                                until.minus(Duration.ofMinutes(1)),
                                until,
                                counts)));
            }
        }
        Mitigation.Decision decision = Mitigation.decide(
                MitigationFacts.ofBackends(
                        now, backends.stream().map(Target::of).toList(), rows),
                memory,
                rules);
        memory = decision.memory();
        actions.addAll(decision.actions());
        if (carriesOut) {
            decision.actions().forEach(this::carryOut);
        }
        return decision;
    }

    private void carryOut(MitigationAction action) {
        for (int i = 0; i < backends.size(); i++) {
            if (action.target().destination().equals(Target.of(backends.get(i)).destination())) {
                if (action instanceof MitigationAction.TakeOffline) {
                    status(i, BackendStatus.OFFLINE);
                } else if (action instanceof MitigationAction.BringOnline) {
                    status(i, BackendStatus.ONLINE);
                }
            }
        }
    }
}
