package org.pombal.model.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;

/**
 * Decides how a site comes to have as many backends as its scaler wants.
 *
 * <p>More: the platform starts some at once, none while one that was started does not come up. Each is entered into GeoDB, on standby, and brought online when it has
 * been up for a while; load balancing gives it groups.
 *
 * <p>Fewer: one at a time, and only if fewer were wanted for long without a break. It is the one with the highest number, because that is what a
 * StatefulSet takes away. It is emptied, then removed from GeoDB, then stopped. Until it is removed it can stay after all.
 *
 * <p>An answer of the scaler that cannot be used changes nothing; what has begun goes on.
 */
public final class Scaling {

    private final ScaleFacts facts;
    private final ScaleMemory memory;
    private final ScaleRules rules;
    private final List<ScaleAction> actions = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<String> next = Optional.empty();

    private Scaling(ScaleFacts facts, ScaleMemory memory, ScaleRules rules) {
        this.facts = facts;
        this.memory = memory;
        this.rules = rules;
    }

    public static ScaleDecision decide(ScaleFacts facts, ScalerAnswer answer, ScaleMemory before, ScaleRules rules) {
        return new Scaling(facts, before.seen(facts), rules).decided(answer);
    }

    private ScaleDecision decided(ScalerAnswer answer) {
        int count = count();
        arrive();
        if (answer instanceof ScalerAnswer.Unusable unusable) {
            leave();
            return decision(
                    count, count, unusable.problem() + "; nothing changes", Optional.of(unusable.problem()), memory);
        }
        ScalerAnswer.Wanted wanted = (ScalerAnswer.Wanted) answer;
        int least = Math.max(rules.least(), rules.schedule().leastAt(facts.now()));
        int desired = Math.min(rules.most(), Math.max(least, wanted.number()));
        String reason = wanted.reason() + bounded(wanted.number(), desired);
        Wishes wishes = memory.wishes()
                .map(known -> known.plus(facts.now(), desired, rules.gap(), rules.lowFor()))
                .orElseGet(() -> Wishes.first(facts.now(), desired));
        if (rules.names().isEmpty()) {
            if (desired != count) {
                notes.add("it is not known what the backends are called that may be started and stopped, so none is");
            }
        } else if (!stays(desired, count)) {
            leave();
            if (desired > count) {
                grow(desired, count, rules.names().get());
            } else if (desired < count && memory.leaving().isEmpty()) {
                shrink(count, wishes, rules.names().get());
            }
        }
        return decision(count, desired, reason, Optional.empty(), memory.with(Optional.of(wishes)));
    }

    private String bounded(int wanted, int desired) {
        if (wanted < desired) {
            return rules.least() == desired ? "; at least " + desired : "; at least " + desired + " at this hour";
        }
        return wanted > desired ? "; at most " + desired : "";
    }

    private ScaleDecision decision(int count, int desired, String reason, Optional<String> problem, ScaleMemory after) {
        return new ScaleDecision(count, desired, reason, actions, next, notes, running(), problem, after);
    }

    /** One that leaves does not count any more, those that start do already. */
    private int count() {
        long rows = facts.backends().stream()
                .filter(backend -> !memory.isLeaving(backend))
                .count();
        long withoutRow = memory.starting().keySet().stream()
                .filter(host -> facts.backend(host).isEmpty())
                .count();
        return (int) (rows + withoutRow);
    }

    private void await(String what) {
        if (next.isEmpty()) {
            next = Optional.of(what);
        }
    }

    private void arrive() {
        new TreeMap<>(byName(memory.starting())).forEach((name, start) -> {
            HostName host = new HostName(name);
            Optional<ScaledBackend> backend = facts.backend(host);
            boolean isUp = start.upSince()
                    .filter(since -> !since.plus(rules.upFor()).isAfter(facts.now()))
                    .isPresent();
            if (backend.isEmpty()) {
                actions.add(new ScaleAction.Register(host, "it was started " + ago(start.since())));
            } else if (backend.get().backend().status() == BackendStatus.STANDBY && isUp) {
                actions.add(new ScaleAction.BringOnline(
                        backend.get().backend(),
                        "it is new, and has been up for "
                                + since(start.upSince().get())));
            }
            if (isOverdue(start)) {
                notes.add(host + " does not come up: it was started " + ago(start.since())
                        + "; no other is started meanwhile");
            }
            await(host + " is to come up");
        });
    }

    private static Map<String, ScaleMemory.Start> byName(Map<HostName, ScaleMemory.Start> starting) {
        Map<String, ScaleMemory.Start> named = new TreeMap<>();
        starting.forEach((host, start) -> named.put(host.value(), start));
        return named;
    }

    private boolean isOverdue(ScaleMemory.Start start) {
        return start.since().plus(rules.startLimit()).isBefore(facts.now());
    }

    /** Whether the one that leaves is to stay after all; then that is all there is to do. */
    private boolean stays(int desired, int count) {
        Optional<ScaleMemory.Leaving> leaving = memory.leaving();
        Optional<ScaledBackend> backend = leaving.flatMap(one -> facts.backend(one.host()));
        // One that is dead would not help.
        if (leaving.isEmpty() || backend.isEmpty() || backend.get().backend().status() == BackendStatus.OFFLINE) {
            return false;
        }
        Optional<String> why = desired > count
                ? Optional.of(desired + " backends are wanted again")
                : Removal.overload(facts, backend.get(), rules.load());
        why.ifPresent(text -> actions.add(new ScaleAction.Keep(backend.get().backend(), leaving.get(), text)));
        return why.isPresent();
    }

    private void leave() {
        memory.leaving().ifPresent(leaving -> {
            Optional<ScaledBackend> backend = facts.backend(leaving.host());
            if (backend.isEmpty()) {
                rules.names()
                        .ifPresent(names -> actions.add(new ScaleAction.Stop(
                                leaving.host(),
                                names.countUpTo(leaving.number()) - 1,
                                "it is empty and no backend any more")));
                return;
            }
            Optional<String> rest = Removal.rest(backend.get(), leaving);
            if (rest.isPresent()) {
                await(rest.get());
            } else {
                actions.add(new ScaleAction.Remove(
                        backend.get().backend(), "it has no group and no session, and is one too many"));
            }
        });
    }

    private void grow(int desired, int count, BackendNames names) {
        if (memory.starting().values().stream().anyMatch(this::isOverdue)) {
            return;
        }
        Instant from = memory.changedAt().map(at -> at.plus(rules.pause())).orElse(facts.now());
        if (from.isAfter(facts.now())) {
            await("not before " + from + ", " + words(rules.pause()) + " after the last change, more are started");
            return;
        }
        if (memory.leaving().isPresent()) {
            await(memory.leaving().get().host() + " is to be stopped first");
            return;
        }
        int last = highest(names).orElse(names.first() - 1);
        for (int number = last + 1; number <= last + Math.min(rules.step(), desired - count); number++) {
            actions.add(new ScaleAction.Start(
                    names.host(number),
                    names.countUpTo(number),
                    desired + " backends are wanted, and there are " + count));
        }
    }

    private void shrink(int count, Wishes wishes, BackendNames names) {
        if (!wishes.covers(rules.lowFor())) {
            await("not before " + wishes.since().plus(rules.lowFor()) + " one is removed: by then it is known for "
                    + words(rules.lowFor()) + " how many are wanted");
            return;
        }
        if (wishes.most() >= count) {
            await("not before " + wishes.mostAt().plus(rules.lowFor()) + " one is removed: " + wishes.most()
                    + " were wanted at " + wishes.mostAt());
            return;
        }
        Instant from = memory.changedAt().map(at -> at.plus(rules.pause())).orElse(facts.now());
        if (from.isAfter(facts.now())) {
            await("not before " + from + ", " + words(rules.pause()) + " after the last change, one is removed");
            return;
        }
        OptionalInt highest = highest(names);
        if (highest.isEmpty()) {
            notes.add("no backend is one that the platform starts and stops, so none is removed");
            return;
        }
        HostName host = names.host(highest.getAsInt());
        String reason = "no more than " + wishes.most() + " backends were wanted for " + words(rules.lowFor())
                + ", and there are " + count;
        Optional<ScaledBackend> going = facts.backend(host);
        if (going.isEmpty()) {
            actions.add(new ScaleAction.Stop(
                    host, names.countUpTo(highest.getAsInt()) - 1, reason + "; it is no backend yet"));
            return;
        }
        boolean starting = memory.isStarting(going.get());
        if (!memory.starting().isEmpty() && !starting) {
            await("none is removed while others start");
            return;
        }
        Removal.objection(facts, going.get(), starting, rules.load())
                .ifPresentOrElse(
                        this::await,
                        () -> actions.add(new ScaleAction.Drain(going.get().backend(), highest.getAsInt(), reason)));
    }

    /** Highest number of those that are there, or are starting. */
    private OptionalInt highest(BackendNames names) {
        int rows = facts.backends().stream()
                .flatMapToInt(backend -> backend.number().stream())
                .max()
                .orElse(-1);
        int starting = memory.starting().keySet().stream()
                .flatMapToInt(host -> names.number(host).stream())
                .max()
                .orElse(-1);
        int highest = Math.max(rows, starting);
        return highest < 0 ? OptionalInt.empty() : OptionalInt.of(highest);
    }

    /** How many the platform runs once the actions are done. */
    private int running() {
        if (rules.names().isEmpty()) {
            return 0;
        }
        BackendNames names = rules.names().get();
        int now = Math.max(
                highest(names).orElse(names.first() - 1),
                memory.leaving().map(ScaleMemory.Leaving::number).orElse(-1));
        return actions.stream()
                .flatMap(action -> {
                    if (action instanceof ScaleAction.Start start) {
                        return Optional.of(start.count()).stream();
                    }
                    return action instanceof ScaleAction.Stop stop
                            ? Optional.of(stop.count()).stream()
                            : Optional.<Integer>empty().stream();
                })
                .max(Comparator.naturalOrder())
                .orElse(names.countUpTo(now));
    }

    private String ago(Instant then) {
        return since(then) + " ago";
    }

    private String since(Instant then) {
        return words(Duration.between(then, facts.now()));
    }

    private static String words(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
    }
}
