package org.pombal.controller.task.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.Test;
import org.pombal.controller.settings.BrokerOptions;
import org.pombal.controller.settings.BrokerUrl;
import org.pombal.controller.task.TaskStore;

class RedisAddressTest {

    @Test
    void sentinelsHaveNoMoreTimeThanRedis() {
        RedisURI address = RedisAddress.of(
                BrokerUrl.TYPE.parse("sentinel://a;sentinel://b"), BrokerOptions.TYPE.parse("{'master_name': 'm'}"));
        assertThat(address.getTimeout()).isEqualTo(TaskStore.PATIENCE);
        assertThat(address.getSentinels()).hasSize(2).allSatisfy(sentinel -> assertThat(sentinel.getTimeout())
                .isEqualTo(TaskStore.PATIENCE));
    }
}
