package org.pombal.controller.task.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.controller.settings.BrokerOptions;
import org.pombal.controller.settings.BrokerUrl;
import org.pombal.controller.task.TaskStore;
import org.pombal.controller.task.TasksAwayException;
import org.pombal.model.task.TaskId;
import org.pombal.model.task.TaskOrder;
import org.pombal.model.task.TaskQueue;

@Timeout(180)
class RedisSentinelTest {

    private static final String PASSWORD = "of-the-master-4d1c";
    private static final String SENTINELS_PASSWORD = "of-the-sentinels-9e77";

    private static TaskStore tasks(RedisServer sentinel, String password, String sentinelsPassword) {
        return new RedisTaskStore(
                RedisAddress.of(
                        BrokerUrl.TYPE.parse("sentinel://:" + password + "@127.0.0.1:" + sentinel.port()),
                        BrokerOptions.TYPE.parse("{'master_name': 'mymaster', 'sentinel_kwargs': {'password': '"
                                + sentinelsPassword + "'}}")),
                "lisbon",
                10,
                Duration.ofSeconds(5),
                InstantSource.system());
    }

    @Test
    void aWrongPasswordIsSaidToBeWrongAndNotShown() {
        try (RedisServer master = RedisServer.start(PASSWORD);
                RedisServer sentinel = RedisServer.sentinelOf(master, SENTINELS_PASSWORD);
                TaskStore wrongThere = tasks(sentinel, "wr0ng", SENTINELS_PASSWORD);
                TaskStore wrongHere = tasks(sentinel, PASSWORD, "wr0ng")) {
            for (TaskStore tasks : List.of(wrongThere, wrongHere)) {
                await().atMost(20, SECONDS).untilAsserted(() -> assertThatThrownBy(() -> tasks.figures(TaskQueue.HIGH))
                        .isInstanceOf(TasksAwayException.class)
                        .hasMessageContaining("master mymaster of [127.0.0.1:" + sentinel.port() + "] does not answer")
                        .hasMessageContaining("WRONGPASS")
                        .hasMessageNotContainingAny("wr0ng", PASSWORD, SENTINELS_PASSWORD));
            }
        }
    }

    /** Both it and the sentinels want passwords. */
    @Test
    void aNewMasterIsFound() {
        Instant now = Instant.now();
        TaskOrder order = new TaskOrder(
                new TaskId("one"),
                "move",
                TaskQueue.HIGH,
                "",
                Duration.ofSeconds(5),
                3,
                now,
                now.plus(Duration.ofHours(1)));
        try (RedisServer master = RedisServer.start(PASSWORD);
                RedisServer replica = RedisServer.replicaOf(master);
                RedisServer sentinel = RedisServer.sentinelOf(master, SENTINELS_PASSWORD);
                TaskStore tasks = tasks(sentinel, PASSWORD, SENTINELS_PASSWORD)) {
            tasks.queue(order, false);
            await().atMost(60, SECONDS)
                    .until(() -> sentinel.ask("SENTINEL REPLICAS mymaster").contains(Integer.toString(replica.port())));
            await().atMost(60, SECONDS)
                    .until(() -> replica.ask("XLEN pombal:lisbon:queue:high").startsWith(":1"));
            master.kill();
            await().atMost(90, SECONDS).ignoreExceptions().until(() -> tasks.take(TaskQueue.HIGH, "w1", Duration.ZERO)
                    .isPresent());
            assertThat(replica.ask("ROLE")).contains("master");
        }
    }
}
