package org.pombal.controller.automation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.pombal.controller.automation.Plan.Step;
import org.pombal.controller.task.work.TaskContext;
import org.pombal.geodb.AutomationNotes.Note;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.evacuation.EvacuationPlan;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.operations.Audit;
import org.pombal.operations.BackendOperations;
import org.pombal.operations.Cluster;
import org.pombal.operations.Outcome;

/**
 * Empties backends at a set rate: load factor 0 first, so that nothing new comes; then so many groups a minute, sticky ones too, because an
 * operator asked for it; standby when nothing is left. Until then it serves whom it has.
 */
public final class Evacuations {

    static final String NAME = "evacuations";
    private static final String PREFIX = "evacuation/";

    private final Cluster cluster;
    private final SiteSight sight;
    private final int atOnce;

    /** @param atOnce how many groups of a backend may be on the move at a time */
    Evacuations(Cluster cluster, SiteSight sight, int atOnce) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.sight = requireNonNull(sight, "sight is null");
        this.atOnce = atOnce;
    }

    /** Those that are under way. */
    public List<PacedEvacuation> list() throws InterruptedException, ExecutionException {
        return notes(sight.site()).values().stream()
                .map(note -> PacedEvacuation.read(note.text()))
                .toList();
    }

    private Map<String, Note> notes(Site site) throws InterruptedException, ExecutionException {
        return SiteSight.answer(sight.geoDb().automationNotes().list(site.id(), PREFIX));
    }

    /**
     * Begins one; another rate for one that is under way takes its place.
     *
     * @throws IllegalArgumentException if the backend is not of this site, or its groups have nowhere to go
     */
    public PacedEvacuation start(HostName host, int perMinute, Audit audit)
            throws InterruptedException, ExecutionException {
        Site site = sight.site();
        List<Backend> backends = sight.backends(site);
        Backend source = backends.stream()
                .filter(backend -> backend.host().equals(host))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no backend '" + host + "' in site '" + site.name() + "'"));
        if (!EvacuationPlan.hasDestination(source.id(), backends)) {
            throw new IllegalArgumentException("no other backend of site '" + site.name()
                    + "' is online with a load factor above 0, so the groups of '" + host + "' have nowhere to go");
        }
        if (!source.loadFactor().equals(LoadFactor.DRAIN)) {
            Outcome<?> drained = SiteSight.answer(new BackendOperations(cluster, audit)
                    .update(host, Optional.empty(), Optional.of(LoadFactor.DRAIN)));
            if (drained instanceof Outcome.NotDone<?> notDone) {
                throw new IllegalArgumentException(notDone.obstacle().message());
            }
        }
        List<UserGroup> own = of(source, sight.groups(site));
        long moving = own.stream().filter(UserGroup::isMoving).count();
        PacedEvacuation begun = new PacedEvacuation(
                host.value(),
                audit.operator(),
                sight.now().toEpochMilli(),
                own.size(),
                perMinute,
                own.size() - moving,
                moving);
        sight.write(site, PREFIX + source.id(), begun.toText());
        return begun;
    }

    /** Ends one; groups that are on the move arrive, the load factor stays 0. False if there is none. */
    public boolean cancel(HostName host) throws InterruptedException, ExecutionException {
        Site site = sight.site();
        for (Map.Entry<String, Note> note : notes(site).entrySet()) {
            if (PacedEvacuation.read(note.getValue().text()).host().equals(host.value())) {
                sight.forget(site, note.getKey());
                return true;
            }
        }
        return false;
    }

    private static List<UserGroup> of(Backend backend, List<UserGroup> groups) {
        return groups.stream()
                .filter(group -> group.backend().equals(backend.id()))
                .toList();
    }

    String run(TaskContext task) throws InterruptedException, ExecutionException {
        Site site = sight.site();
        Map<String, Note> notes = notes(site);
        if (notes.isEmpty()) {
            return "no backend is being emptied at a set rate";
        }
        List<Backend> backends = sight.backends(site);
        List<UserGroup> groups = sight.groups(site);
        List<String> said = new ArrayList<>();
        for (Map.Entry<String, Note> note : notes.entrySet()) {
            PacedEvacuation evacuation = PacedEvacuation.read(note.getValue().text());
            Optional<Backend> source = backends.stream()
                    .filter(backend -> note.getKey().equals(PREFIX + backend.id()))
                    .findFirst();
            if (source.isEmpty()) {
                sight.forget(task, site, note.getKey());
            } else {
                said.add(step(task, site, note.getKey(), evacuation, source.get(), backends, groups));
            }
        }
        return String.join("; ", said);
    }

    private String step(
            TaskContext task,
            Site site,
            String note,
            PacedEvacuation evacuation,
            Backend source,
            List<Backend> backends,
            List<UserGroup> groups)
            throws InterruptedException, ExecutionException {
        Instant now = sight.now();
        Acts acts = new Acts(cluster, site, NAME);
        List<UserGroup> own = of(source, groups);
        List<UserGroup> resting =
                own.stream().filter(group -> !group.isMoving()).toList();
        PacedEvacuation seen = evacuation.seen(resting.size(), own.size() - resting.size());
        if (seen.progress().isOver()) {
            Step step = new Step(
                    "backend.standby",
                    "backend " + source.host(),
                    source.status().toString(),
                    BackendStatus.STANDBY.toString(),
                    "emptied, as " + evacuation.by() + " asked for",
                    Step.PLANNED);
            Step done = acts.setStatus(task, source, BackendStatus.STANDBY, step);
            if (done.outcome().equals(Step.DONE)) {
                sight.forget(task, site, note);
            }
            return source.host() + " is empty";
        }
        long due = evacuation.pace(atOnce).due(seen.progress(), now);
        int begun = 0;
        for (EvacuationPlan.Move move : planned(source, backends, groups, resting, due)) {
            Step step = new Step(
                    "group.move",
                    "group " + move.group().id().name(),
                    source.host().value(),
                    move.to().host().value(),
                    "evacuation at " + evacuation.perMinute() + " groups a minute, as " + evacuation.by()
                            + " asked for",
                    Step.PLANNED);
            if (acts.move(task, move.group(), move.to().host(), step).outcome().equals(Step.DONE)) {
                begun++;
            }
        }
        sight.write(
                task,
                site,
                note,
                seen.seen(seen.waiting() - begun, seen.moving() + begun).toText());
        return source.host() + ": " + seen.progress().done() + " of " + seen.total() + " groups have gone, " + begun
                + " begin";
    }

    /** The first of those that wait. */
    private static List<EvacuationPlan.Move> planned(
            Backend source, List<Backend> backends, List<UserGroup> groups, List<UserGroup> resting, long due) {
        if (due == 0 || !EvacuationPlan.hasDestination(source.id(), backends)) {
            return List.of();
        }
        Map<BackendId, Integer> counts = new HashMap<>();
        groups.forEach(
                group -> counts.merge(group.move().map(GroupMove::dest).orElse(group.backend()), 1, Integer::sum));
        return EvacuationPlan.of(source.id(), resting, backends, counts).moves().stream()
                .limit(due)
                .toList();
    }
}
