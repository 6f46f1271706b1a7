package org.pombal.node.failover;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.pombal.geodb.GeoDb;
import org.pombal.model.audit.AuditEntry;
import org.pombal.model.audit.AuditEntry.Result;
import org.pombal.model.backend.BackendId;
import org.pombal.model.feature.Feature;
import org.pombal.model.feature.FeatureState;
import org.pombal.model.feature.SiteFeature;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.mitigation.Breakage;
import org.pombal.model.mitigation.GroupOfDeath;
import org.pombal.model.mitigation.GroupOfDeath.Suspect;
import org.pombal.model.site.SiteId;
import org.pombal.node.log.RateLimitedLog;
import org.pombal.node.ownership.OwnershipLoop;
import org.pombal.node.topology.Topology;
import org.pombal.operations.GroupHolds;
import org.pombal.operations.GroupHolds.Hold;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps groups with which backend after backend broke where they are, if error mitigation is on. The node that sees to the failovers writes
 * down who broke and decides which groups are held; a node whose backend takes no sessions reads it. Confined to the loop.
 */
final class GroupWalks {

    private static final Logger log = LoggerFactory.getLogger(GroupWalks.class);

    private static final long LOOK = Duration.ofSeconds(5).toNanos();

    /** Whoever begins to lead knows of nothing before it has read. No failover waits longer for that. */
    private static final long PATIENCE = Duration.ofSeconds(2).toNanos();

    private final RateLimitedLog problems = new RateLimitedLog(log);
    private final OwnershipLoop loop;
    private final GeoDb geoDb;
    private final GroupHolds holds;
    private final Topology topology;
    private final GroupOfDeath.Rules rules;
    private final String self;
    private final Function<BackendId, String> names;
    private final FailoverMetrics metrics;
    private final Runnable hasRead;
    private final Set<Breakage> breakages = new HashSet<>();
    private final Set<Breakage> unsorted = new HashSet<>();
    private final Map<GroupId, Hold> written = new HashMap<>();
    private final Set<GroupId> told = new HashSet<>();
    private final Set<GroupId> audited = new HashSet<>();
    private FeatureState feature = FeatureState.OFF;
    private boolean leads;
    private boolean known;
    private long ledSince;
    private long lookAt = Long.MIN_VALUE;

    /**
     * @param self the host name of this node's backend
     * @param names the host name of a backend
     * @param hasRead is called when a node that has begun to lead knows what there is to know
     */
    GroupWalks(
            OwnershipLoop loop,
            GeoDb geoDb,
            Topology topology,
            GroupOfDeath.Rules rules,
            String self,
            Function<BackendId, String> names,
            FailoverMetrics metrics,
            Runnable hasRead) {
        this.loop = requireNonNull(loop, "loop is null");
        this.geoDb = requireNonNull(geoDb, "geoDb is null");
        this.holds = new GroupHolds(geoDb.automationNotes());
        this.topology = requireNonNull(topology, "topology is null");
        this.rules = requireNonNull(rules, "rules is null");
        this.self = requireNonNull(self, "self is null");
        this.names = requireNonNull(names, "names is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
        this.hasRead = requireNonNull(hasRead, "hasRead is null");
    }

    /**
     * Looks what others have written, now and then; to be called often.
     *
     * @param does whether this node sees to the failovers
     * @param isClosed whether this node's backend takes no new sessions: then it moves groups at logins
     */
    void look(SiteId site, boolean does, boolean isClosed) {
        if (does != leads) {
            leads = does;
            ledSince = loop.now();
            known = false;
            lookAt = Long.MIN_VALUE;
            breakages.clear();
            unsorted.clear();
            metrics.held(0);
        }
        if (!leads && !isClosed) {
            topology.hold(Set.of());
        } else if (loop.now() >= lookAt) {
            lookAt = loop.now() + LOOK;
            read(site);
        }
    }

    /** Whether it is known which groups are held, or has been asked for long enough. */
    boolean isReady() {
        return known || loop.now() - ledSince > PATIENCE;
    }

    /** What was read of the notes. */
    private record Read(List<Hold> holds, List<Breakage> breakages, FeatureState feature) {}

    private void read(SiteId site) {
        CompletionStage<Read> asked = leads
                ? holds.all(site)
                        .thenCombine(holds.breakages(site), (all, broke) -> new Read(all, broke, FeatureState.OFF))
                        .thenCombine(
                                geoDb.features().list(site),
                                (read, features) -> new Read(read.holds(), read.breakages(), mitigation(features)))
                : holds.all(site).thenApply(all -> new Read(all, List.of(), FeatureState.ON));
        boolean asLeader = leads;
        loop.ask(asked, (read, failure) -> {
            if (read == null) {
                problems.warn("which groups are held could not be read: {}", String.valueOf(failure));
            } else if (asLeader == leads) {
                written.clear();
                read.holds().forEach(hold -> written.put(hold.group(), hold));
                feature = read.feature();
                if (leads) {
                    take(site, read.breakages());
                } else {
                    topology.hold(heldByNotes());
                }
            }
        });
    }

    private static FeatureState mitigation(List<SiteFeature> features) {
        return features.stream()
                .filter(one -> one.feature() == Feature.ERROR_MITIGATION)
                .map(SiteFeature::state)
                .findFirst()
                .orElse(FeatureState.OFF);
    }

    private Set<GroupId> heldByNotes() {
        return written.values().stream()
                .filter(hold -> !hold.isReleased())
                .map(Hold::group)
                .collect(toSet());
    }

    /** A backend broke, as this node sees that leads: each group that it had may be why. */
    void broke(SiteId site, BackendId backend) {
        Set<GroupId> groups = topology.groups()
                .filter(row -> row.backend().equals(backend))
                .map(UserGroup::id)
                .collect(toSet());
        if (groups.isEmpty()) {
            return;
        }
        // As exact as GeoDB keeps it.
        Breakage breakage = new Breakage(backend, Instant.now().truncatedTo(ChronoUnit.MILLIS), groups);
        if (known) {
            breakages.add(breakage);
            write(holds.broke(site, breakage));
            decide();
        } else {
            unsorted.add(breakage);
        }
    }

    /** Who begins to lead sees backends gone that broke long ago: such a one still has the groups that are held there, and no others. */
    private void sort() {
        unsorted.stream()
                .map(one -> new Breakage(
                        one.backend(),
                        one.at(),
                        one.groups().stream()
                                .filter(group -> !topology.isHeld(group))
                                .collect(toSet())))
                .filter(one -> !one.groups().isEmpty())
                .forEach(breakages::add);
        unsorted.clear();
    }

    private void take(SiteId site, List<Breakage> read) {
        Instant oldest = Instant.now().minus(rules.memory());
        read.stream().filter(one -> one.at().isBefore(oldest)).forEach(one -> write(holds.forget(site, one)));
        breakages.addAll(read);
        breakages.removeIf(one -> one.at().isBefore(oldest));
        boolean first = !known;
        known = true;
        decide();
        if (first) {
            sort();
            decide();
            hasRead.run();
        }
        breakages.stream().filter(one -> !read.contains(one)).forEach(one -> write(holds.broke(site, one)));
    }

    private void decide() {
        Map<GroupId, Instant> released =
                written.values().stream().filter(Hold::isReleased).collect(toMap(Hold::group, Hold::at));
        List<Suspect> suspects = feature == FeatureState.OFF
                ? List.of()
                : GroupOfDeath.held(List.copyOf(breakages), released, Instant.now(), rules);
        Set<GroupId> held = feature == FeatureState.ON
                ? suspects.stream().map(Suspect::group).collect(toSet())
                : Set.of();
        topology.hold(held);
        metrics.held(held.size());
        told.retainAll(suspects.stream().map(Suspect::group).collect(toSet()));
        audited.retainAll(held);
        suspects.stream().filter(one -> told.add(one.group())).forEach(this::tell);
        if (known) {
            suspects.stream()
                    .filter(one -> held.contains(one.group()) && !heldByNotes().contains(one.group()))
                    .forEach(this::holdOn);
            heldByNotes().stream().filter(group -> !held.contains(group)).forEach(this::letGo);
        }
    }

    private void tell(Suspect suspect) {
        log.atWarn()
                .addKeyValue("event", "cluster_user_group_held")
                .addKeyValue("group", suspect.group().name())
                .addKeyValue("dryrun", feature == FeatureState.DRYRUN)
                .log(
                        "group {} {}: {}",
                        suspect.group().name(),
                        feature == FeatureState.DRYRUN ? "would be held" : "is held",
                        why(suspect));
    }

    private String why(Suspect suspect) {
        return suspect.backends().size() + " backends broke with it one after another, the last at "
                + suspect.last().truncatedTo(ChronoUnit.SECONDS) + ": "
                + String.join(", ", suspect.backends().stream().map(names).toList())
                + "; it stays where it is until "
                + suspect.until().truncatedTo(ChronoUnit.SECONDS) + ", or until somebody moves it";
    }

    private void holdOn(Suspect suspect) {
        Hold hold = new Hold(suspect.group(), suspect.last(), false, why(suspect));
        written.put(hold.group(), hold);
        write(holds.write(hold));
        if (audited.add(suspect.group())) {
            // A reading that was under way may not have seen the note, and it is written again.
            audit("group.hold", suspect.group(), hold.why());
        }
    }

    private void letGo(GroupId group) {
        written.remove(group);
        write(holds.forget(group));
        audit(
                "group.unhold",
                group,
                feature == FeatureState.ON ? "its time is over" : "error mitigation is " + feature);
        log.atInfo()
                .addKeyValue("event", "cluster_user_group_let_go")
                .addKeyValue("group", group.name())
                .log("group {} is not held any more", group.name());
    }

    private void audit(String action, GroupId group, String why) {
        write(geoDb.auditLog()
                .write(new AuditEntry(
                        UUID.randomUUID(),
                        Instant.now().truncatedTo(ChronoUnit.MILLIS),
                        "failover",
                        self,
                        action,
                        "group " + group.name(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(why),
                        Result.DONE)));
    }

    /** What could not be written is written at the next look, if it still holds. */
    private void write(CompletionStage<Void> asked) {
        loop.ask(asked, (done, failure) -> {
            if (failure != null) {
                problems.warn("a note about a broken backend or a held group was not written: {}", failure);
            }
        });
    }
}
