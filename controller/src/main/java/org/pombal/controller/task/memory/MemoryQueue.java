package org.pombal.controller.task.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pombal.controller.task.QueueFigures;
import org.pombal.controller.task.WorkerSeen;
import org.pombal.model.task.Task;
import org.pombal.model.task.TaskId;
import org.pombal.model.task.TaskQueue;
import org.pombal.model.task.TaskState;

/** One queue. Guarded by the store. */
final class MemoryQueue {

    /** An entry that nobody has in hand. */
    private record Waiting(String entry, TaskId id, Instant since) {}

    /** An entry in the hands of a worker, who renewed it at that time last. */
    private record InHand(Waiting waiting, String worker, long renewedAt) {}

    /** What came out. */
    record Taken(String entry, TaskId id) {}

    private final TaskQueue name;
    private final Duration forgottenAfter;
    private final Deque<Waiting> ready = new ArrayDeque<>();
    private final Map<TaskId, Instant> delayed = new LinkedHashMap<>();
    private final Map<String, InHand> inHand = new LinkedHashMap<>();
    private final Map<String, Instant> workers = new HashMap<>();
    private long entries;
    private long done;
    private long givenUp;

    MemoryQueue(TaskQueue name, Duration hold) {
        this.name = name;
        this.forgottenAfter = WorkerSeen.forgottenAfter(hold);
    }

    int size() {
        return ready.size() + delayed.size() + inHand.size();
    }

    void add(TaskId id, Instant now) {
        ready.add(new Waiting(Long.toString(++entries), id, now));
    }

    Optional<Taken> take(String worker, long nanos, Instant now, Duration hold) {
        promote(now);
        Waiting next = fallenSilent(nanos, hold);
        if (next == null) {
            next = ready.poll();
        }
        if (next == null) {
            return Optional.empty();
        }
        inHand.put(next.entry(), new InHand(next, worker, nanos));
        return Optional.of(new Taken(next.entry(), next.id()));
    }

    private @Nullable Waiting fallenSilent(long nanos, Duration hold) {
        for (InHand held : inHand.values()) {
            if (nanos - held.renewedAt() >= hold.toNanos()) {
                return held.waiting();
            }
        }
        return null;
    }

    private void promote(Instant now) {
        Iterator<Map.Entry<TaskId, Instant>> each = delayed.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<TaskId, Instant> entry = each.next();
            if (!entry.getValue().isAfter(now)) {
                each.remove();
                add(entry.getKey(), now);
            }
        }
    }

    boolean renew(String entry, String worker, long nanos) {
        InHand held = inHand.get(entry);
        if (held == null || !held.worker().equals(worker)) {
            return false;
        }
        inHand.put(entry, new InHand(held.waiting(), worker, nanos));
        return true;
    }

    void remove(String entry) {
        inHand.remove(entry);
    }

    void written(Task next, String entry) {
        if (next.state() == TaskState.RUNNING) {
            return;
        }
        remove(entry);
        if (next.state() == TaskState.WAITING) {
            delayed.put(next.id(), next.notBefore().orElse(Instant.EPOCH));
        } else if (next.state() == TaskState.DONE) {
            done++;
        } else {
            givenUp++;
        }
    }

    void cancelled(TaskId id) {
        ready.removeIf(waiting -> waiting.id().equals(id));
        inHand.values().removeIf(held -> held.waiting().id().equals(id));
        delayed.remove(id);
        givenUp++;
    }

    QueueFigures figures(Instant now) {
        Duration lag = ready.isEmpty()
                ? Duration.ZERO
                : Duration.between(ready.getFirst().since(), now);
        return new QueueFigures(
                ready.size() + delayed.size(), inHand.size(), lag.isNegative() ? Duration.ZERO : lag, done, givenUp, 0);
    }

    void announce(String worker, Instant now) {
        workers.values().removeIf(seen -> seen.plus(forgottenAfter).isBefore(now));
        workers.put(worker, now);
    }

    void leave(String worker) {
        workers.remove(worker);
    }

    List<WorkerSeen> workers(Instant now) {
        List<WorkerSeen> seen = new ArrayList<>();
        workers.forEach((worker, at) -> {
            if (!at.plus(forgottenAfter).isBefore(now)) {
                seen.add(new WorkerSeen(name, worker, at));
            }
        });
        seen.sort((one, other) -> one.name().compareTo(other.name()));
        return seen;
    }
}
