package org.pombal.controller.task.redis;

import static java.util.Objects.requireNonNull;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;
import org.pombal.controller.task.Delivery;
import org.pombal.controller.task.QueueFigures;
import org.pombal.controller.task.Queued;
import org.pombal.controller.task.TaskIndex;
import org.pombal.controller.task.TaskPage;
import org.pombal.controller.task.TaskStore;
import org.pombal.controller.task.TasksAwayException;
import org.pombal.controller.task.WorkerSeen;
import org.pombal.model.task.Task;
import org.pombal.model.task.TaskId;
import org.pombal.model.task.TaskOrder;
import org.pombal.model.task.TaskQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks in Redis, 7.0 or later. A queue is a stream with one consumer group; what a worker has in hand is pending there, and the time
 * since its last renewal is Redis's, so that workers' clocks need not agree. Each call is one script: it happens as a whole or not at
 * all.
 */
public final class RedisTaskStore implements TaskStore {

    private static final Logger log = LoggerFactory.getLogger(RedisTaskStore.class);
    private static final String GROUP = "workers";

    /** A task that nobody waits for in between is begun after half of that on average. */
    private static final Duration LOOK = Duration.ofMillis(200);

    private final RedisConnection redis;
    private final RedisKeys keys;
    private final int limit;
    private final Duration hold;
    private final InstantSource clock;

    /** One that believes whom Java believes, if it goes by TLS. */
    public RedisTaskStore(RedisURI address, String site, int limit, Duration hold, InstantSource clock) {
        this(address, Optional.empty(), site, limit, hold, clock);
    }

    /**
     * @param authorities who may have signed Redis's certificate; empty for whom Java trusts
     * @param site whose tasks; several sites may share a Redis
     * @param limit how many tasks a queue takes, those in hand included
     * @param hold how long a worker may be silent; the same for all processes of the site
     */
    public RedisTaskStore(
            RedisURI address,
            Optional<TrustManagerFactory> authorities,
            String site,
            int limit,
            Duration hold,
            InstantSource clock) {
        this.redis = new RedisConnection(address, authorities);
        this.keys = new RedisKeys(site);
        this.limit = limit;
        this.hold = requireNonNull(hold, "hold is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public Queued queue(TaskOrder order, boolean alone) {
        Task task = Task.queued(order);
        List<?> answer = list(redis.run(
                Script.QUEUE,
                List.of(
                        keys.task(order.id()),
                        keys.stream(order.queue()),
                        keys.delayed(order.queue()),
                        keys.index(),
                        keys.last(order.name())),
                order.id().value(),
                task.state().toString(),
                TaskDocument.write(task),
                TaskIndex.of(order),
                keys.tasks(),
                alone ? "alone" : "",
                Integer.toString(limit),
                GROUP,
                millis(KEPT),
                Integer.toString(MAX_KEPT),
                Integer.toString(TaskIndex.PREFIX)));
        return switch (text(answer, 0)) {
            case "known" ->
                new Queued.Known(TaskDocument.read(text(answer, 1))
                        .orElseThrow(() -> new TasksAwayException(
                                "what Redis has as task " + order.id() + " is none that this version knows", null)));
            case "busy" -> new Queued.Busy(new TaskId(text(answer, 1)));
            case "full" -> new Queued.Full(limit);
            default -> new Queued.Added(task);
        };
    }

    @Override
    public Optional<Delivery> take(TaskQueue queue, String worker, Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        Optional<Delivery> taken = takeNow(queue, worker, System.nanoTime());
        for (long left = wait.toNanos(); taken.isEmpty() && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left, LOOK.toNanos()));
            if (end - System.nanoTime() > 0) {
                taken = takeNow(queue, worker, System.nanoTime());
            }
        }
        return taken;
    }

    private Optional<Delivery> takeNow(TaskQueue queue, String worker, long askedAt) {
        List<?> answer = list(redis.run(
                Script.TAKE,
                List.of(keys.stream(queue), keys.delayed(queue)),
                GROUP,
                worker,
                millis(hold),
                Long.toString(clock.millis()),
                keys.tasks()));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        Optional<Task> task = TaskDocument.read(text(answer, 1));
        if (task.isEmpty()) {
            drop(queue, text(answer, 0), text(answer, 2), text(answer, 1));
        }
        return task.map(its -> new Delivery(its, worker, text(answer, 0), askedAt));
    }

    /** It would come back after each hold time for ever. */
    private void drop(TaskQueue queue, String entry, String id, String document) {
        redis.run(
                Script.DROP,
                List.of(keys.tasks() + id, keys.stream(queue), keys.counters(queue)),
                GROUP,
                entry,
                document);
        log.atWarn()
                .addKeyValue("event", "cluster_task_unreadable")
                .addKeyValue("task", id)
                .log(
                        "task {} is taken out of the queue {}: what Redis has of it is no task that this version knows",
                        id,
                        queue);
    }

    @Override
    public boolean write(Delivery delivery, Task next) {
        TaskQueue queue = next.order().queue();
        return done(redis.run(
                Script.WRITE,
                List.of(keys.task(next.id()), keys.stream(queue), keys.delayed(queue), keys.counters(queue)),
                Long.toString(delivery.task().version()),
                Long.toString(next.version()),
                next.state().toString(),
                TaskDocument.write(next),
                delivery.entry(),
                next.id().value(),
                Long.toString(next.notBefore().orElse(Instant.EPOCH).toEpochMilli()),
                GROUP,
                millis(KEPT)));
    }

    @Override
    public boolean isInForce() {
        return true;
    }

    @Override
    public boolean renew(Delivery delivery) {
        Task task = delivery.task();
        return done(redis.run(
                Script.RENEW,
                List.of(keys.task(task.id()), keys.stream(task.order().queue())),
                Long.toString(task.version()),
                GROUP,
                delivery.worker(),
                delivery.entry()));
    }

    @Override
    public void forget(Delivery delivery) {
        // What is over changes no more: written again as it is, its entry goes.
        write(delivery, delivery.task());
    }

    @Override
    public boolean cancel(Task next) {
        TaskQueue queue = next.order().queue();
        return done(redis.run(
                Script.CANCEL,
                List.of(keys.task(next.id()), keys.delayed(queue), keys.counters(queue)),
                Long.toString(next.version() - 1),
                Long.toString(next.version()),
                next.state().toString(),
                TaskDocument.write(next),
                next.id().value(),
                millis(KEPT)));
    }

    @Override
    public Optional<Task> find(TaskId id) {
        return redis.field(keys.task(id), "document").flatMap(TaskDocument::read);
    }

    @Override
    public Optional<Task> last(String name) {
        return redis.text(keys.last(name)).flatMap(id -> find(new TaskId(id)));
    }

    @Override
    public TaskPage list(Optional<String> cursor, int most) {
        List<?> answer = list(redis.run(
                Script.LIST,
                List.of(keys.index()),
                cursor.map(TaskIndex::require).orElse(""),
                Integer.toString(most),
                keys.tasks(),
                Integer.toString(TaskIndex.PREFIX)));
        List<Task> tasks = new ArrayList<>();
        for (int i = 1; i < answer.size(); i += 2) {
            TaskDocument.read(text(answer, i)).ifPresent(tasks::add);
        }
        return new TaskPage(
                tasks, answer.size() < 2 * most ? Optional.empty() : Optional.of(text(answer, answer.size() - 2)));
    }

    @Override
    public QueueFigures figures(TaskQueue queue) {
        List<?> answer = list(redis.run(
                Script.FIGURES, List.of(keys.stream(queue), keys.delayed(queue), keys.counters(queue)), GROUP));
        return new QueueFigures(
                number(answer, 0),
                number(answer, 1),
                Duration.ofMillis(number(answer, 2)),
                number(answer, 3),
                number(answer, 4),
                number(answer, 5));
    }

    @Override
    public void announce(TaskQueue queue, String worker) {
        redis.run(
                Script.ANNOUNCE,
                List.of(keys.workers(queue), keys.stream(queue)),
                worker,
                GROUP,
                millis(WorkerSeen.forgottenAfter(hold)));
    }

    @Override
    public List<WorkerSeen> workers(TaskQueue queue) {
        List<?> answer =
                list(redis.run(Script.WORKERS, List.of(keys.workers(queue)), millis(WorkerSeen.forgottenAfter(hold))));
        List<WorkerSeen> workers = new ArrayList<>();
        for (int i = 0; i < answer.size(); i += 2) {
            workers.add(new WorkerSeen(
                    queue, text(answer, i), Instant.ofEpochMilli((long) Double.parseDouble(text(answer, i + 1)))));
        }
        workers.sort((one, other) -> one.name().compareTo(other.name()));
        return workers;
    }

    @Override
    public void leave(TaskQueue queue, String worker) {
        redis.run(Script.LEAVE, List.of(keys.workers(queue), keys.stream(queue)), worker, GROUP);
    }

    @Override
    public void close() {
        redis.close();
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }

    private static boolean done(Object answer) {
        return answer.equals(1L);
    }

    private static List<?> list(Object answer) {
        return (List<?>) answer;
    }

    private static String text(List<?> answer, int at) {
        return String.valueOf(answer.get(at));
    }

    private static long number(List<?> answer, int at) {
        return ((Number) answer.get(at)).longValue();
    }
}
