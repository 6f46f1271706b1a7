package org.pombal.controller.task.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.controller.settings.BrokerOptions;
import org.pombal.controller.settings.BrokerUrl;
import org.pombal.controller.task.TaskStore;
import org.pombal.model.task.TaskId;
import org.pombal.model.task.TaskOrder;
import org.pombal.model.task.TaskQueue;

@Timeout(180)
class RedisSentinelTest {

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
        try (RedisServer master = RedisServer.start();
                RedisServer replica = RedisServer.replicaOf(master);
                RedisServer sentinel = RedisServer.sentinelOf(master);
                TaskStore tasks = new RedisTaskStore(
                        RedisAddress.of(
                                BrokerUrl.TYPE.parse("sentinel://127.0.0.1:" + sentinel.port()),
                                BrokerOptions.TYPE.parse("{'master_name': 'mymaster'}")),
                        "lisbon",
                        10,
                        Duration.ofSeconds(5),
                        InstantSource.system())) {
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
