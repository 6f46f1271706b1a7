package org.pombal.node.failover;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Groups;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.ownership.FailoverChoice;
import org.pombal.model.ownership.HandOverRules;
import org.pombal.model.ownership.LeasesView;
import org.pombal.model.ownership.Takeover;
import org.pombal.node.log.RateLimitedLog;
import org.pombal.node.ownership.OwnershipLoop;
import org.pombal.node.ownership.RequestLimit;
import org.slf4j.LoggerFactory;

/** Gives the groups of backends that are gone to others. Confined to the loop. */
final class Takeovers {

    /** How many groups are read and written at once: a failover must not slow the renewal of leases down. */
    private static final int REQUESTS = 64;

    /** When a group for which nothing could be done is looked at again. */
    private static final long AGAIN = Duration.ofSeconds(2).toNanos();

    private final RateLimitedLog problems = new RateLimitedLog(LoggerFactory.getLogger(Takeovers.class));
    private final OwnershipLoop loop;
    private final Groups groups;
    private final RequestLimit limit;
    private final Takeover takeover = new Takeover(HandOverRules.PROTOCOL);
    private final LeasesView leases;
    private final Supplier<FailoverChoice> choice;
    private final Predicate<GroupId> held;
    private final BooleanSupplier leads;
    private final Consumer<UserGroup> seen;
    private final FailoverMetrics metrics;
    private final Set<GroupId> underWay = new HashSet<>();
    private final Map<GroupId, Long> notBefore = new HashMap<>();
    private final Map<BackendId, Integer> taken = new LinkedHashMap<>();

    /**
     * @param choice who may get groups now
     * @param held groups that are to stay, even with a backend that is gone
     * @param leads whether this node still sees to the failovers
     * @param seen is told of each row that was read or written
     */
    Takeovers(
            OwnershipLoop loop,
            Groups groups,
            LeasesView leases,
            Supplier<FailoverChoice> choice,
            Predicate<GroupId> held,
            BooleanSupplier leads,
            Consumer<UserGroup> seen,
            FailoverMetrics metrics) {
        this.loop = requireNonNull(loop, "loop is null");
        this.groups = requireNonNull(groups, "groups is null");
        this.limit = new RequestLimit(loop, REQUESTS);
        this.leases = requireNonNull(leases, "leases is null");
        this.choice = requireNonNull(choice, "choice is null");
        this.held = requireNonNull(held, "held is null");
        this.leads = requireNonNull(leads, "leads is null");
        this.seen = requireNonNull(seen, "seen is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
    }

    /**
     * Takes over what is to be taken over.
     *
     * @param known the site's groups as this node remembers them
     * @return how many groups each backend that is gone still has
     */
    Map<BackendId, Integer> look(Stream<UserGroup> known) {
        Map<BackendId, Integer> left = new HashMap<>();
        List<UserGroup> concerned = known.filter(
                        row -> Takeover.mayConcern(row, leases) && (row.isInHandover() || !held.test(row.id())))
                .toList();
        if (concerned.isEmpty()) {
            notBefore.clear();
            return left;
        }
        FailoverChoice now = choice.get();
        boolean somebodyIsUp = now.backends().stream()
                .anyMatch(backend -> backend.takesNewGroups() && now.isUp().test(backend.id()));
        for (UserGroup row : concerned) {
            left.merge(row.backend(), 1, Integer::sum);
            // A hand-over goes to its destination, whatever may be given other groups.
            if (somebodyIsUp || row.isInHandover()) {
                read(row.id());
            }
        }
        if (!somebodyIsUp) {
            problems.warn(
                    "{} groups are to be taken over, and no backend is up and online to get them", concerned.size());
        }
        return left;
    }

    /** How many groups of the backend were given to others since this was asked last. */
    int taken(BackendId backend) {
        Integer count = taken.remove(backend);
        return count == null ? 0 : count;
    }

    private void read(GroupId id) {
        if (loop.now() < notBefore.getOrDefault(id, Long.MIN_VALUE) || !underWay.add(id)) {
            return;
        }
        loop.ask(limit.run(() -> groups.find(id, ReadLevel.SERIAL)), (row, failure) -> {
            Optional<UserGroup> next = Optional.empty();
            if (row != null && row.isPresent() && leads.getAsBoolean()) {
                seen.accept(row.get());
                next = takeover.decide(row.get(), leases, choice.get());
            }
            if (next.isPresent()) {
                write(row.orElseThrow(), next.get());
            } else {
                ended(id);
            }
        });
    }

    private void write(UserGroup before, UserGroup next) {
        loop.ask(limit.run(() -> groups.update(next)), (outcome, failure) -> {
            if (outcome instanceof Cas.Applied<UserGroup> applied) {
                metrics.taken();
                taken.merge(before.backend(), 1, Integer::sum);
                seen.accept(applied.row());
            } else if (outcome instanceof Cas.Lost<UserGroup> lost) {
                lost.current().ifPresent(seen);
            }
            ended(next.id());
        });
    }

    /** Should it still be to be taken over by what is remembered, it is read again, but not at once. */
    private void ended(GroupId id) {
        underWay.remove(id);
        notBefore.put(id, loop.now() + AGAIN);
    }
}
