package org.pombal.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers every request on a unix socket with the same JSON, and keeps the requests. */
final class StubNode implements AutoCloseable {

    private static final int REQUEST = 65_536;

    private final ServerSocketChannel server;
    private final byte[] answer;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private StubNode(ServerSocketChannel server, String json) {
        this.server = server;
        int length = json.getBytes(UTF_8).length;
        this.answer = ("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + json).getBytes(UTF_8);
    }

    static StubNode start(Path socket, String json) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        StubNode node = new StubNode(server, json);
        Thread thread = new Thread(node::serve, "stub-node");
        thread.setDaemon(true);
        thread.start();
        return node;
    }

    /** Heads and bodies. */
    List<String> requests() {
        return requests;
    }

    private void serve() {
        while (true) {
            try (SocketChannel client = server.accept()) {
                ByteBuffer request = ByteBuffer.allocate(REQUEST);
                client.read(request);
                requests.add(UTF_8.decode(request.flip()).toString());
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
