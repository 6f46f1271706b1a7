package org.pombal.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** Answers every request on a unix socket with the same list of backends. */
final class StubNode implements Closeable {

    private static final int REQUEST = 4096;

    private final ServerSocketChannel server;
    private final Path socket;
    private final byte[] answer;

    private StubNode(ServerSocketChannel server, Path socket, byte[] answer) {
        this.server = server;
        this.socket = socket;
        this.answer = answer;
    }

    static StubNode start(Path socket, int backends) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        String body = IntStream.rangeClosed(1, backends)
                .mapToObj(i -> "{\"host\":\"b" + i + ".example.org\",\"site\":\"lisbon\",\"status\":\"online\","
                        + "\"load-factor\":100,\"id\":\"8a4e4a5c-3f0b-4b0e-9d52-1c7f5a2b9e10\"}")
                .collect(joining(",", "[[\"doveadmResponse\",[", "],\"pombal\"]]"));
        StubNode node = new StubNode(
                server,
                socket,
                ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).getBytes(UTF_8));
        Thread thread = new Thread(node::serve, "stub-node");
        thread.setDaemon(true);
        thread.start();
        return node;
    }

    Path socket() {
        return socket;
    }

    private void serve() {
        while (true) {
            try (SocketChannel client = server.accept()) {
                client.read(ByteBuffer.allocate(REQUEST));
                client.write(ByteBuffer.wrap(answer));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // The command was ended; the next may come.
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
