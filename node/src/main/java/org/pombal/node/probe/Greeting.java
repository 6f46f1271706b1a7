package org.pombal.node.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import org.pombal.model.failure.FailureText;

/** The first words of a server to whoever connects. */
final class Greeting {

    private Greeting() {}

    /**
     * Connects, waits for the greeting, and closes the connection.
     *
     * @param words with which the greeting begins; ASCII
     * @param limit for all of it
     * @return why there was none; empty if there was
     */
    static Optional<String> failure(SocketAddress server, String words, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        ByteBuffer heard = ByteBuffer.allocate(words.length());
        try (Selector selector = Selector.open();
                SocketChannel channel = server instanceof UnixDomainSocketAddress
                        ? SocketChannel.open(StandardProtocolFamily.UNIX)
                        : SocketChannel.open()) {
            channel.configureBlocking(false);
            boolean connected = channel.connect(server);
            SelectionKey key = channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
            while (heard.hasRemaining()) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return Optional.of("no answer within " + limit.toMillis() + " ms");
                }
                selector.select(left);
                selector.selectedKeys().clear();
                if (!connected) {
                    connected = channel.finishConnect();
                    if (connected) {
                        key.interestOps(SelectionKey.OP_READ);
                    }
                } else if (channel.read(heard) < 0) {
                    return Optional.of("the connection was closed without a greeting");
                }
            }
        } catch (IOException e) {
            return Optional.of(FailureText.of(e));
        }
        String said = new String(heard.array(), US_ASCII);
        return said.equals(words) ? Optional.empty() : Optional.of("it greets with '" + said + "'");
    }
}
