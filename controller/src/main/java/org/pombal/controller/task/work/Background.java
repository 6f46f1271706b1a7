package org.pombal.controller.task.work;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.pombal.controller.settings.Authorities;
import org.pombal.controller.settings.BrokerOptions;
import org.pombal.controller.settings.BrokerUrl;
import org.pombal.controller.settings.ControllerRole;
import org.pombal.controller.settings.TaskSettings;
import org.pombal.controller.task.TaskStore;
import org.pombal.controller.task.TaskWatch;
import org.pombal.controller.task.memory.MemoryTaskStore;
import org.pombal.controller.task.redis.RedisAddress;
import org.pombal.controller.task.redis.RedisTaskStore;
import org.pombal.model.task.TaskQueue;
import org.pombal.settings.Settings;
import org.pombal.settings.SiteSettings;

/** What this process has of the site's tasks: their queues always, workers and scheduler by its roles. */
public final class Background implements AutoCloseable {

    private final TaskStore store;
    private final TaskWatch watch;
    private final SiteTasks tasks;
    private final Workers workers;
    private final Optional<Scheduler> scheduler;

    /**
     * @param process what this process is known by, to people
     * @param automation tasks that come again and again
     * @param onRequest tasks that only come when somebody asks for them
     * @param leads whether it is the one that acts for the site now
     * @throws IOException if the certificates of Redis's authorities cannot be used
     */
    public Background(
            Settings settings,
            String process,
            List<PeriodicTask> automation,
            List<PeriodicTask> onRequest,
            BooleanSupplier leads,
            InstantSource clock)
            throws IOException {
        requireNonNull(process, "process is null");
        this.store = store(settings, clock, leads);
        this.watch = new TaskWatch(store);
        this.tasks = new SiteTasks(settings, clock, automation, onRequest);
        List<ControllerRole> roles = settings.get(TaskSettings.ROLES);
        Map<TaskQueue, Integer> numbers = new EnumMap<>(TaskQueue.class);
        for (ControllerRole role : roles) {
            role.queue()
                    .ifPresent(queue -> numbers.put(
                            queue,
                            settings.get(
                                    queue == TaskQueue.HIGH ? TaskSettings.HIGH_WORKERS : TaskSettings.LOW_WORKERS)));
        }
        this.workers = new Workers(store, process, numbers, tasks.kinds(), settings.get(TaskSettings.HOLD), clock);
        this.scheduler = roles.contains(ControllerRole.SCHEDULER)
                ? Optional.of(new Scheduler(store, tasks.periodic(), leads, clock))
                : Optional.empty();
    }

    private static TaskStore store(Settings settings, InstantSource clock, BooleanSupplier leads) throws IOException {
        int limit = settings.get(TaskSettings.QUEUE_LIMIT);
        Duration hold = settings.get(TaskSettings.HOLD);
        Optional<BrokerUrl> redis = TaskSettings.broker(settings);
        if (redis.isEmpty()) {
            return new MemoryTaskStore(limit, hold, clock, leads);
        }
        Optional<Path> authorities = settings.get(TaskSettings.CA_FILE);
        return new RedisTaskStore(
                RedisAddress.of(
                        redis.get(), settings.get(TaskSettings.BROKER_OPTIONS).orElse(BrokerOptions.NONE)),
                authorities.isPresent()
                        ? Optional.of(Authorities.in(authorities.get(), TaskSettings.CA_FILE.name()))
                        : Optional.empty(),
                settings.get(SiteSettings.LOCAL_SITE),
                limit,
                hold,
                clock);
    }

    public TaskStore store() {
        return store;
    }

    public SiteTasks tasks() {
        return tasks;
    }

    public TaskWatch watch() {
        return watch;
    }

    public void start() {
        watch.start();
        workers.start();
        scheduler.ifPresent(Scheduler::start);
    }

    @Override
    public void close() {
        scheduler.ifPresent(Scheduler::close);
        workers.close();
        watch.close();
        store.close();
    }
}
