package org.pombal.controller.task.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pombal.controller.task.Queued;
import org.pombal.controller.task.TaskStore;
import org.pombal.controller.task.TaskStoreContract;
import org.pombal.controller.task.TasksAwayException;
import org.pombal.model.task.Task;
import org.pombal.model.task.TaskId;
import org.pombal.model.task.TaskOrder;
import org.pombal.model.task.TaskQueue;

class RedisTaskStoreTest extends TaskStoreContract {

    private static final RedisServer redis = RedisServer.start();

    private final String site = UUID.randomUUID().toString();
    private final TaskStore store = open(redis, site);

    @AfterAll
    static void endRedis() {
        redis.close();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static TaskStore open(RedisServer server, String site) {
        return new RedisTaskStore(server.address(), site, LIMIT, HOLD, InstantSource.system());
    }

    @Override
    protected TaskStore store() {
        return store;
    }

    private static TaskOrder order(String id) {
        Instant now = Instant.now();
        return new TaskOrder(
                new TaskId(id),
                "move",
                TaskQueue.HIGH,
                "",
                Duration.ofSeconds(5),
                3,
                now,
                now.plus(Duration.ofHours(1)));
    }

    @Test
    void sitesAreApart() {
        store().queue(order("one"), false);
        try (TaskStore other = open(redis, "porto")) {
            assertThat(other.find(new TaskId("one"))).isEmpty();
        }
    }

    @Test
    void whatCannotBeReadIsTakenOutAndHoldsNothingUp() throws InterruptedException {
        store().queue(order("one"), false);
        store().queue(order("two"), false);
        try (RedisClient client = RedisClient.create(redis.address())) {
            client.connect().sync().hset("pombal:" + site + ":task:one", "document", "{\"id\": \"one\"}");
        }
        assertThat(store().find(new TaskId("one"))).isEmpty();
        assertThat(store().list(Optional.empty(), 10).tasks())
                .extracting(Task::id)
                .containsExactly(new TaskId("two"));
        assertThat(store().take(TaskQueue.HIGH, "w1", Duration.ZERO)).isEmpty();
        assertThat(store().take(TaskQueue.HIGH, "w1", Duration.ZERO)
                        .orElseThrow()
                        .task()
                        .id())
                .isEqualTo(new TaskId("two"));
        assertThat(store().figures(TaskQueue.HIGH)).satisfies(figures -> {
            assertThat(figures.unreadable()).isEqualTo(1);
            assertThat(figures.running()).isEqualTo(1);
            assertThat(figures.waiting()).isZero();
        });
        assertThat(store().queue(order("one"), false)).isInstanceOf(Queued.Added.class);
    }

    @Test
    void whileRedisIsAwayItSaysSoSoonAndGoesOnAfterwards() {
        try (RedisServer own = RedisServer.start();
                TaskStore tasks = open(own, "lisbon")) {
            assertThat(tasks.queue(order("one"), false)).isInstanceOf(Queued.Added.class);
            own.kill();
            for (int i = 0; i < 3; i++) {
                long begun = System.nanoTime();
                assertThatThrownBy(() -> tasks.find(new TaskId("one")))
                        .isInstanceOf(TasksAwayException.class)
                        .hasMessageContaining("127.0.0.1");
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            }
            own.startAgain();
            await().atMost(20, SECONDS).ignoreExceptions().until(() -> tasks.take(TaskQueue.HIGH, "w1", Duration.ZERO)
                    .isPresent());
        }
    }

    @Test
    void aRedisThatStandsStillIsAwayToo() {
        try (RedisServer own = RedisServer.start();
                TaskStore tasks = open(own, "lisbon")) {
            tasks.queue(order("one"), false);
            own.signal("STOP");
            long begun = System.nanoTime();
            assertThatThrownBy(() -> tasks.find(new TaskId("one"))).isInstanceOf(TasksAwayException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
            own.signal("CONT");
            await().atMost(20, SECONDS).ignoreExceptions().until(() -> tasks.find(new TaskId("one"))
                    .isPresent());
        }
    }

    @Test
    void aRedisThatWasNotThereAtTheStartIsFoundLater() {
        try (RedisServer own = RedisServer.start()) {
            own.kill();
            try (TaskStore tasks = open(own, "lisbon")) {
                assertThatThrownBy(() -> tasks.find(new TaskId("one"))).isInstanceOf(TasksAwayException.class);
                own.startAgain();
                await().atMost(20, SECONDS).ignoreExceptions().until(() -> tasks.find(new TaskId("one"))
                        .isEmpty());
            }
        }
    }
}
