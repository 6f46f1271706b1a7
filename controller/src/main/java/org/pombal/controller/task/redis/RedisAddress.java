package org.pombal.controller.task.redis;

import io.lettuce.core.RedisURI;
import org.pombal.controller.settings.BrokerOptions;
import org.pombal.controller.settings.BrokerUrl;
import org.pombal.controller.task.TaskStore;

/** From the settings to what the client needs. */
public final class RedisAddress {

    private RedisAddress() {}

    public static RedisURI of(BrokerUrl url, BrokerOptions options) {
        RedisURI.Builder builder = url.kind() == BrokerUrl.Kind.SENTINEL ? sentinels(url, options) : server(url);
        builder.withDatabase(url.database());
        url.password().ifPresent(password -> {
            if (url.user().isPresent()) {
                builder.withAuthentication(url.user().get(), password.toCharArray());
            } else {
                builder.withPassword(password.toCharArray());
            }
        });
        return builder.withTimeout(TaskStore.PATIENCE)
                .withClientName("pombal-controller")
                .build();
    }

    private static RedisURI.Builder server(BrokerUrl url) {
        BrokerUrl.Host host = url.hosts().get(0);
        return RedisURI.builder()
                .withHost(host.name())
                .withPort(host.port())
                .withSsl(url.kind() == BrokerUrl.Kind.REDIS_TLS);
    }

    private static RedisURI.Builder sentinels(BrokerUrl url, BrokerOptions options) {
        RedisURI.Builder builder =
                RedisURI.builder().withSentinelMasterId(options.masterName().orElseThrow());
        url.hosts().forEach(host -> {
            // Its own is a minute, and the one of the whole is not its.
            RedisURI.Builder sentinel = RedisURI.builder()
                    .withHost(host.name())
                    .withPort(host.port())
                    .withTimeout(TaskStore.PATIENCE);
            options.sentinelPassword().ifPresent(password -> {
                if (options.sentinelUser().isPresent()) {
                    sentinel.withAuthentication(options.sentinelUser().get(), password.toCharArray());
                } else {
                    sentinel.withPassword(password.toCharArray());
                }
            });
            builder.withSentinel(sentinel.build());
        });
        return builder;
    }
}
