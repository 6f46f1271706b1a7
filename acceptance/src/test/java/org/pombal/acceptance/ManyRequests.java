package org.pombal.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Requests over HTTP/1.1 that are all under way at the same time, each on a connection of its own: first all connections are made, then
 * all requests are sent, and only then is an answer read.
 */
final class ManyRequests {

    private static final int STATUS_BEGINS = "HTTP/1.1 ".length();
    private static final int STATUS_ENDS = STATUS_BEGINS + 3;

    /** One of them. */
    private static final class Exchange {
        private final int kind;
        private final ByteBuffer request;
        private final StringBuilder answer = new StringBuilder();

        Exchange(int kind, String request) {
            this.kind = kind;
            this.request = ByteBuffer.wrap(request.getBytes(ISO_8859_1));
        }
    }

    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private final long deadline;
    private final Map<Integer, Map<Integer, Integer>> statuses = new TreeMap<>();

    private ManyRequests(Selector selector, Duration patience) {
        this.selector = selector;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    /**
     * Sends them.
     *
     * @param requests the kinds of requests, which take turns; each as it is sent
     * @return for each kind, by its number, how often it was answered with which status; 0 if it was not answered
     */
    static Map<Integer, Map<Integer, Integer>> send(
            InetSocketAddress server, int number, List<String> requests, Duration patience) throws IOException {
        try (Selector selector = Selector.open()) {
            ManyRequests many = new ManyRequests(selector, patience);
            try {
                many.connect(server, number, requests);
                many.exchange();
            } finally {
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
            }
            return many.statuses;
        }
    }

    private void connect(InetSocketAddress server, int number, List<String> requests) throws IOException {
        for (int i = 0; i < number; i++) {
            int kind = i % requests.size();
            SocketChannel channel = SocketChannel.open(server);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_WRITE, new Exchange(kind, requests.get(kind)));
        }
    }

    private void exchange() throws IOException {
        int left = selector.keys().size();
        int unsent = left;
        while (left > 0) {
            if (selector.select(100) == 0 && System.nanoTime() > deadline) {
                throw new AssertionError(left + " of the requests are not answered in time; " + statuses);
            }
            for (SelectionKey key : selector.selectedKeys()) {
                Exchange exchange = (Exchange) key.attachment();
                if (key.isWritable()) {
                    if (written(key, exchange)) {
                        unsent--;
                        // Nothing is read before all is sent.
                        key.interestOps(0);
                    }
                } else if (ended(key, exchange)) {
                    count(exchange);
                    key.channel().close();
                    left--;
                }
            }
            selector.selectedKeys().clear();
            if (unsent == 0) {
                unsent = -1;
                selector.keys().forEach(key -> key.interestOps(SelectionKey.OP_READ));
            }
        }
    }

    private static boolean written(SelectionKey key, Exchange exchange) throws IOException {
        try {
            ((SocketChannel) key.channel()).write(exchange.request);
            return !exchange.request.hasRemaining();
        } catch (IOException e) {
            return true; // The server has ended it already: there may be an answer.
        }
    }

    private boolean ended(SelectionKey key, Exchange exchange) {
        buffer.clear();
        try {
            int read = ((SocketChannel) key.channel()).read(buffer);
            if (read > 0 && exchange.answer.length() < STATUS_ENDS) {
                exchange.answer.append(new String(buffer.array(), 0, read, ISO_8859_1));
            }
            return read < 0;
        } catch (IOException e) {
            return true;
        }
    }

    private void count(Exchange exchange) {
        String answer = exchange.answer.toString();
        int status = answer.startsWith("HTTP/1.1 ") && answer.length() >= STATUS_ENDS
                ? Integer.parseInt(answer.substring(STATUS_BEGINS, STATUS_ENDS))
                : 0;
        statuses.computeIfAbsent(exchange.kind, unknown -> new TreeMap<>()).merge(status, 1, Integer::sum);
    }
}
