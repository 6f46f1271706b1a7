package org.pombal.controller.automation;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.lease.TakeoverPolicy;
import org.pombal.model.node.NodeReport;
import org.pombal.model.node.NodeRole;
import org.pombal.model.scale.BackendNames;
import org.pombal.model.scale.ScaleFacts;
import org.pombal.model.scale.ScaledBackend;
import org.pombal.model.scale.ScaledBackend.Measured;
import org.pombal.model.site.Site;
import org.pombal.model.statistics.BackendLoad;
import org.pombal.model.statistics.HostMetric;

/** What GeoDB says of a site that matters for its number of backends. */
final class ScaleSight {

    private final SiteSight sight;
    private final Optional<BackendNames> names;
    private final Duration opening;
    private final Duration maxAge;
    private final TakeoverPolicy takeover;

    /**
     * @param names of the backends that are started and stopped
     * @param opening how long a session would have to last to be as much work as a login or a delivery
     * @param maxAge older measurements do not count
     * @param takeover what it takes before a backend whose lease was broken counts as gone
     */
    ScaleSight(
            SiteSight sight, Optional<BackendNames> names, Duration opening, Duration maxAge, TakeoverPolicy takeover) {
        this.sight = requireNonNull(sight, "sight is null");
        this.names = requireNonNull(names, "names is null");
        this.opening = requireNonNull(opening, "opening is null");
        this.maxAge = requireNonNull(maxAge, "maxAge is null");
        this.takeover = requireNonNull(takeover, "takeover is null");
    }

    /** Of the groups of a backend. */
    private record Groups(int own, int sticky, int arriving) {

        static final Groups NONE = new Groups(0, 0, 0);

        Groups plus(int moreOwn, int moreSticky, int moreArriving) {
            return new Groups(own + moreOwn, sticky + moreSticky, arriving + moreArriving);
        }
    }

    ScaleFacts facts(Site site) throws InterruptedException, ExecutionException {
        Instant now = sight.now();
        Map<BackendId, Groups> groups = groups(site);
        Map<BackendId, BackendLoad> loads = sight.loads(site).stream()
                .filter(load -> Duration.between(load.at(), now).abs().compareTo(maxAge) <= 0)
                .collect(toMap(BackendLoad::backend, load -> load, (one, other) -> other));
        Set<HostName> reporting = SiteSight.answer(sight.geoDb().nodes().list(site.id())).stream()
                .filter(report -> report.id().role() == NodeRole.BACKEND && !report.isStale(now))
                .map(NodeReport::id)
                .map(id -> id.name())
                .collect(toSet());
        List<ScaledBackend> backends = new ArrayList<>();
        for (Backend backend : sight.backends(site)) {
            backends.add(scaled(
                    backend,
                    groups.getOrDefault(backend.id(), Groups.NONE),
                    Optional.ofNullable(loads.get(backend.id())),
                    reporting.contains(backend.host())));
        }
        return new ScaleFacts(now, backends);
    }

    private Map<BackendId, Groups> groups(Site site) throws InterruptedException, ExecutionException {
        Map<BackendId, Groups> counts = new HashMap<>();
        for (UserGroup group : sight.groups(site)) {
            counts.merge(
                    group.backend(),
                    new Groups(1, group.stickyBackend() ? 1 : 0, 0),
                    (one, other) -> one.plus(other.own(), other.sticky(), other.arriving()));
            group.move()
                    .ifPresent(move -> counts.merge(
                            move.dest(),
                            new Groups(0, 0, 1),
                            (one, other) -> one.plus(other.own(), other.sticky(), other.arriving())));
        }
        return counts;
    }

    private ScaledBackend scaled(Backend backend, Groups groups, Optional<BackendLoad> load, boolean reports)
            throws InterruptedException, ExecutionException {
        OptionalInt number = names.map(all -> all.number(backend.host())).orElse(OptionalInt.empty());
        // The lease matters for those that come and go only.
        Optional<Lease> lease = number.isPresent() && !backend.takesNewGroups()
                ? SiteSight.answer(sight.geoDb().leases().find(new LeaseId.OfBackend(backend.id()), ReadLevel.QUORUM))
                : Optional.empty();
        boolean over = !backend.takesNewGroups()
                && lease.map(one -> one.isOver(one.incarnation(), takeover)).orElse(number.isPresent());
        boolean up = reports
                && (backend.takesNewGroups() || lease.filter(Lease::isHeld).isPresent());
        return new ScaledBackend(
                backend, number, groups.own(), groups.sticky(), groups.arriving(), up, over, load.map(this::measured));
    }

    private Measured measured(BackendLoad load) {
        return new Measured(
                load.at(),
                value(load, HostMetric.CPU),
                value(load, HostMetric.SESSIONS),
                load.groups().values().stream()
                        .mapToDouble(traffic -> traffic.load(opening))
                        .sum());
    }

    private static OptionalDouble value(BackendLoad load, HostMetric metric) {
        Double value = load.host().get(metric);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
