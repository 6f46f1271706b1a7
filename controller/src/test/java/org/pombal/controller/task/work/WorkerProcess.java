package org.pombal.controller.task.work;

import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.pombal.controller.task.redis.RedisTaskStore;
import org.pombal.model.task.TaskId;
import org.pombal.model.task.TaskOrder;
import org.pombal.model.task.TaskQueue;

/** A process with one worker for each queue, over Redis, which writes into a journal what it does. */
final class WorkerProcess implements AutoCloseable {

    static final String SITE = "lisbon";
    static final int LIMIT = 100;

    private final Process process;

    /** @param folder has the journal; a file named release in it lets slow tasks end */
    WorkerProcess(RedisURI redis, Duration hold, Path folder) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                WorkerProcess.class.getName(),
                Integer.toString(redis.getPort()),
                Long.toString(hold.toMillis()),
                folder.toString());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            this.process = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("output").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }

    static RedisTaskStore store(RedisURI redis, Duration hold) {
        return new RedisTaskStore(redis, SITE, LIMIT, hold, InstantSource.system());
    }

    static List<String> journal(Path folder) {
        try {
            Path file = folder.resolve("journal");
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A task that lasts until it is released. */
    static TaskOrder slow(String id) {
        return order(id, "slow", 3);
    }

    /** A task that ends whoever does it. */
    static TaskOrder poison(String id, int maxFailures) {
        return order(id, "poison", maxFailures);
    }

    private static TaskOrder order(String id, String name, int maxFailures) {
        Instant now = Instant.now();
        return new TaskOrder(
                new TaskId(id),
                name,
                TaskQueue.HIGH,
                "",
                Duration.ofMinutes(2),
                maxFailures,
                now,
                now.plus(Duration.ofHours(1)));
    }

    public static void main(String[] args) throws InterruptedException {
        Duration hold = Duration.ofMillis(Long.parseLong(args[1]));
        Path folder = Path.of(args[2]);
        RedisTaskStore store = store(RedisURI.create("127.0.0.1", Integer.parseInt(args[0])), hold);
        TaskKinds kinds = new TaskKinds(List.of(
                new TaskKind("slow", TaskQueue.HIGH, Duration.ofMinutes(2), 3, context -> slowly(folder, context)),
                new TaskKind("poison", TaskQueue.HIGH, Duration.ofMinutes(2), 3, context -> {
                    write(folder, "poisoned", context);
                    Runtime.getRuntime().halt(9);
                    return "";
                })));
        new Workers(
                        store,
                        "process " + ProcessHandle.current().pid(),
                        Map.of(TaskQueue.HIGH, 1, TaskQueue.LOW, 1),
                        kinds,
                        hold,
                        InstantSource.system())
                .start();
        new CountDownLatch(1).await();
    }

    private static String slowly(Path folder, TaskContext context) throws InterruptedException {
        write(folder, "begun", context);
        while (!Files.exists(folder.resolve("release"))) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        try {
            context.requireHeld();
        } catch (TaskLostException e) {
            write(folder, "lost", context);
            throw e;
        }
        write(folder, "acted", context);
        return "acted by " + ProcessHandle.current().pid();
    }

    private static void write(Path folder, String what, TaskContext context) {
        try {
            Files.writeString(
                    folder.resolve("journal"),
                    what + " " + context.task().id() + " "
                            + ProcessHandle.current().pid() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
