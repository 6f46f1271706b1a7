package org.pombal.model.scale;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;

/**
 * What one decision leaves to the next. If it is lost, backends that were started and are not there yet are started once more, one that is being
 * emptied stays so until an operator sees to it, and nothing worse.
 *
 * @param wishes empty if nothing was wanted of late
 * @param changedAt when a backend was started or removed last
 * @param starting backends that are to come online
 * @param leaving the one that is to go
 * @param known backends that the platform starts and stops, and that were there at the last decision; empty before the first
 */
public record ScaleMemory(
        Optional<Wishes> wishes,
        Optional<Instant> changedAt,
        Map<HostName, Start> starting,
        Optional<Leaving> leaving,
        Optional<Set<HostName>> known) {

    public static final ScaleMemory EMPTY =
            new ScaleMemory(Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), Optional.empty());

    /**
     * A backend that is to come online.
     *
     * @param since when it was started, or seen first
     * @param upSince when it was found up, if it is
     */
    public record Start(Instant since, Optional<Instant> upSince) {

        public Start {
            requireNonNull(since, "since is null");
            requireNonNull(upSince, "upSince is null");
        }
    }

    /**
     * A backend that is to go.
     *
     * @param since when it was begun to be emptied
     * @param before its load factor then
     */
    public record Leaving(HostName host, int number, Instant since, LoadFactor before) {

        public Leaving {
            requireNonNull(host, "host is null");
            requireNonNull(since, "since is null");
            requireNonNull(before, "before is null");
        }
    }

    public ScaleMemory {
        requireNonNull(wishes, "wishes is null");
        requireNonNull(changedAt, "changedAt is null");
        requireNonNull(leaving, "leaving is null");
        starting = Map.copyOf(starting);
        known = known.map(Set::copyOf);
    }

    boolean isLeaving(ScaledBackend backend) {
        return leaving.filter(one -> one.host().equals(backend.backend().host()))
                .isPresent();
    }

    boolean isStarting(ScaledBackend backend) {
        return starting.containsKey(backend.backend().host());
    }

    ScaleMemory with(Optional<Wishes> newWishes) {
        return new ScaleMemory(newWishes, changedAt, starting, leaving, known);
    }

    /** After an action has been carried out. */
    public ScaleMemory after(ScaleAction action, Instant now) {
        if (action instanceof ScaleAction.Start start) {
            Map<HostName, Start> more = new HashMap<>(starting);
            more.put(start.host(), new Start(now, Optional.empty()));
            return new ScaleMemory(wishes, Optional.of(now), more, leaving, known);
        }
        if (action instanceof ScaleAction.Drain drain) {
            Leaving begun = new Leaving(
                    drain.backend().host(), drain.number(), now, drain.backend().loadFactor());
            return new ScaleMemory(wishes, changedAt, without(drain.backend().host()), Optional.of(begun), known);
        }
        if (action instanceof ScaleAction.Keep) {
            return new ScaleMemory(wishes, Optional.of(now), starting, Optional.empty(), known);
        }
        if (action instanceof ScaleAction.Stop stop) {
            return new ScaleMemory(
                    wishes,
                    Optional.of(now),
                    without(stop.host()),
                    leaving.filter(one -> !one.host().equals(stop.host())),
                    known);
        }
        return this;
    }

    private Map<HostName, Start> without(HostName host) {
        Map<HostName, Start> less = new HashMap<>(starting);
        less.remove(host);
        return less;
    }

    /** As things are now. */
    ScaleMemory seen(ScaleFacts facts) {
        Map<HostName, Start> now = new HashMap<>();
        starting.forEach((host, start) -> facts.backend(host)
                .ifPresentOrElse(
                        backend -> {
                            if (backend.backend().status() != BackendStatus.ONLINE) {
                                now.put(host, seen(start, backend, facts.now()));
                            }
                        },
                        () -> now.put(host, start)));
        Set<HostName> here = new HashSet<>();
        for (ScaledBackend backend : facts.backends()) {
            HostName host = backend.backend().host();
            if (backend.number().isPresent()) {
                here.add(host);
                boolean isNew = known.filter(all -> !all.contains(host)).isPresent();
                if (isNew && backend.backend().status() == BackendStatus.STANDBY && !isLeaving(backend)) {
                    now.computeIfAbsent(
                            host, key -> seen(new Start(facts.now(), Optional.empty()), backend, facts.now()));
                }
            }
        }
        // An operator has taken it back if it serves again.
        Optional<Leaving> still = leaving.filter(
                one -> facts.backend(one.host()).filter(ScaledBackend::serves).isEmpty());
        return new ScaleMemory(wishes, changedAt, now, still, Optional.of(here));
    }

    private static Start seen(Start start, ScaledBackend backend, Instant now) {
        return new Start(start.since(), backend.up() ? start.upSince().or(() -> Optional.of(now)) : Optional.empty());
    }
}
