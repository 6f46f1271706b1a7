package org.pombal.controller.task.work;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.controller.task.TaskStore;
import org.pombal.controller.task.redis.RedisServer;
import org.pombal.model.task.Task;
import org.pombal.model.task.TaskId;
import org.pombal.model.task.TaskQueue;
import org.pombal.model.task.TaskState;

/** Workers as processes of their own over a real Redis, which end or stand still with a task in hand. */
class RealWorkersTest {

    /** A JVM under load must be able to renew within it. */
    private static final Duration HOLD = Duration.ofSeconds(4);

    private static final TaskId TASK = new TaskId("task");

    @TempDir
    private Path folder;

    private final RedisServer redis = RedisServer.start();
    private final RedisURI address = RedisURI.create(redis.url());
    private final TaskStore store = WorkerProcess.store(address, HOLD);
    private final List<WorkerProcess> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(WorkerProcess::close);
        store.close();
        redis.close();
    }

    private WorkerProcess worker() {
        WorkerProcess made = new WorkerProcess(address, HOLD, folder);
        processes.add(made);
        return made;
    }

    private void awaitLine(String line) {
        await().atMost(60, SECONDS).until(() -> WorkerProcess.journal(folder).contains(line));
    }

    private Task awaitEnd() {
        await().atMost(60, SECONDS)
                .until(() -> store.find(TASK).orElseThrow().state().isFinal());
        return store.find(TASK).orElseThrow();
    }

    private void release() throws IOException {
        Files.createFile(folder.resolve("release"));
    }

    @Test
    void aTaskOfAWorkerThatIsKilledIsDoneByAnother() throws IOException {
        WorkerProcess first = worker();
        store.queue(WorkerProcess.slow("task"), false);
        awaitLine("begun task " + first.pid());
        WorkerProcess second = worker();
        first.kill();
        release();
        Task task = awaitEnd();
        assertThat(task.result()).contains("acted by " + second.pid());
        assertThat(task.tries()).isEqualTo(2);
        assertThat(task.failures()).isEqualTo(1);
        assertThat(WorkerProcess.journal(folder))
                .containsExactly(
                        "begun task " + first.pid(), "begun task " + second.pid(), "acted task " + second.pid());
    }

    @Test
    void aWorkerThatStoodStillDoesNotActBesideTheOneThatHasItsTask() throws IOException {
        WorkerProcess first = worker();
        store.queue(WorkerProcess.slow("task"), false);
        awaitLine("begun task " + first.pid());
        RedisServer.signal(first.pid(), "STOP");
        WorkerProcess second = worker();
        awaitLine("begun task " + second.pid());
        RedisServer.signal(first.pid(), "CONT");
        // The second has its hands full: the next task shows that the first works again, and has let go of what it had.
        store.queue(WorkerProcess.slow("next"), false);
        awaitLine("begun next " + first.pid());
        release();
        Task task = awaitEnd();
        assertThat(task.result()).contains("acted by " + second.pid());
        assertThat(WorkerProcess.journal(folder))
                .contains("acted task " + second.pid())
                .doesNotContain("acted task " + first.pid());
        assertThat(first.isAlive()).isTrue();
    }

    @Test
    void aTaskThatEndsEachWorkerIsGivenUpAndShowsWhy() {
        store.queue(WorkerProcess.poison("task", 2), false);
        WorkerProcess first = worker();
        await().atMost(60, SECONDS).until(() -> !first.isAlive());
        WorkerProcess second = worker();
        await().atMost(60, SECONDS).until(() -> !second.isAlive());
        WorkerProcess third = worker();
        Task task = awaitEnd();
        assertThat(task.state()).isEqualTo(TaskState.GIVEN_UP);
        assertThat(task.problem().orElseThrow())
                .contains("given up after 2 failed tries", "process " + second.pid(), "fell silent during try 2");
        assertThat(third.isAlive()).isTrue();
        assertThat(store.figures(TaskQueue.HIGH).givenUp()).isEqualTo(1);
    }

    @Test
    void workersGoOnAfterRedisWasKilledWithATaskInHand() throws IOException {
        WorkerProcess first = worker();
        store.queue(WorkerProcess.slow("task"), false);
        awaitLine("begun task " + first.pid());
        redis.kill();
        redis.startAgain();
        release();
        await().atMost(60, SECONDS)
                .ignoreExceptions()
                .until(() -> store.find(TASK).orElseThrow().state().isFinal());
        assertThat(store.find(TASK).orElseThrow().result()).contains("acted by " + first.pid());
        assertThat(first.isAlive()).isTrue();
    }
}
