package org.pombal.controller.task.redis;

import static java.util.Objects.requireNonNull;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.pombal.controller.task.TaskStore;
import org.pombal.controller.task.TasksAwayException;
import org.pombal.model.failure.FailureText;

/** The one connection to Redis. Made when it is needed first; once made, it comes back by itself. */
final class RedisConnection implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
    private static final Duration PAUSE_BETWEEN_ATTEMPTS = Duration.ofMillis(500);
    private static final int MAX_UNDER_WAY = 1000;
    private static final int THREADS = 2;

    private final RedisURI address;
    private final ClientResources resources;
    private final RedisClient client;
    private @Nullable StatefulRedisConnection<String, String> connection;
    private @Nullable RedisException lastFailure;
    private long failedAt;

    /** @param authorities who may have signed Redis's certificate; empty for whom Java trusts */
    RedisConnection(RedisURI address, Optional<TrustManagerFactory> authorities) {
        this.address = requireNonNull(address, "address is null");
        address.setTimeout(TaskStore.PATIENCE);
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .reconnectDelay(
                        Delay.fullJitter(Duration.ofMillis(50), Duration.ofSeconds(1), 50, TimeUnit.MILLISECONDS))
                .build();
        this.client = RedisClient.create(resources);
        SslOptions.Builder tls = SslOptions.builder().handshakeTimeout(TaskStore.PATIENCE);
        authorities.ifPresent(tls::trustManager);
        client.setOptions(ClientOptions.builder()
                .sslOptions(tls.build())
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MAX_UNDER_WAY)
                .socketOptions(
                        SocketOptions.builder().connectTimeout(CONNECT_LIMIT).build())
                .timeoutOptions(TimeoutOptions.enabled(TaskStore.PATIENCE))
                .build());
    }

    /** What the script returns: whole numbers are {@link Long}, arrays are {@link List}. */
    Object run(Script script, List<String> keys, String... arguments) {
        ScriptOutputType type =
                switch (script) {
                    case WRITE, RENEW, CANCEL, DROP, ANNOUNCE, LEAVE -> ScriptOutputType.INTEGER;
                    default -> ScriptOutputType.MULTI;
                };
        return ask(commands -> commands.eval(script.text(), type, keys.toArray(String[]::new), arguments));
    }

    /** A field of a hash, if it is there. */
    Optional<String> field(String key, String field) {
        return ask(commands -> Optional.ofNullable(commands.hget(key, field)));
    }

    /** What stands at a key, if anything does. */
    Optional<String> text(String key) {
        return ask(commands -> Optional.ofNullable(commands.get(key)));
    }

    private <T> T ask(Function<RedisCommands<String, String>, T> question) {
        try {
            return question.apply(connected().sync());
        } catch (RedisException e) {
            throw new TasksAwayException("Redis at " + place() + " does not answer: " + why(e), e);
        }
    }

    /** What went wrong first; what is around it says where. */
    private static String why(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return FailureText.of(root);
    }

    private synchronized StatefulRedisConnection<String, String> connected() {
        StatefulRedisConnection<String, String> made = connection;
        if (made != null) {
            return made;
        }
        RedisException before = lastFailure;
        if (before != null && System.nanoTime() - failedAt < PAUSE_BETWEEN_ATTEMPTS.toNanos()) {
            throw before;
        }
        try {
            made = client.connect(address);
            connection = made;
            return made;
        } catch (RedisException e) {
            lastFailure = e;
            failedAt = System.nanoTime();
            throw e;
        }
    }

    /** For people; no secrets. */
    private String place() {
        return address.getSentinels().isEmpty()
                ? address.getHost() + ":" + address.getPort()
                : "master " + address.getSentinelMasterId() + " of "
                        + address.getSentinels().stream()
                                .map(sentinel -> sentinel.getHost() + ":" + sentinel.getPort())
                                .toList();
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
