package org.pombal.geodb.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.connection.ConnectionInitException;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.internal.core.metadata.DefaultEndPoint;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What an operator reads when Cassandra fails. */
class FailuresTest {

    @Test
    void tellsOfEachNodeWhatHappenedLast() {
        AllNodesFailedException failure = AllNodesFailedException.fromErrors(List.of(
                Map.entry(node("127.0.0.2"), new IllegalStateException("refused")),
                Map.entry(
                        node("127.0.0.1"),
                        new ConnectionInitException("init query OPTIONS", new ClosedChannelException()))));

        assertThat(Failures.describe(new CompletionException(failure)))
                .isEqualTo("127.0.0.1:9042: the connection was closed; 127.0.0.2:9042: refused");
    }

    @Test
    void saysSoWhereNoNodeIsConnected() {
        assertThat(Failures.describe(new NoNodeAvailableException())).isEqualTo("no node of Cassandra is connected");
    }

    @Test
    void aConnectionThatEndsUnderARequestIsToldInWords() {
        // Netty's own, which has no text either, is one of these.
        assertThat(Failures.describe(new ClosedChannelException())).isEqualTo("the connection was closed");
    }

    private static Node node(String address) {
        DefaultEndPoint endPoint = new DefaultEndPoint(new InetSocketAddress(address, 9042));
        return (Node) Proxy.newProxyInstance(
                Node.class.getClassLoader(),
                new Class<?>[] {Node.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getEndPoint" -> endPoint;
                    case "toString" -> address;
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
