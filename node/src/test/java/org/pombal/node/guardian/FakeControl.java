package org.pombal.node.guardian;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Stands where a guardian's control socket would, for answers that a real one does not give on demand. */
final class FakeControl implements AutoCloseable {

    private final ServerSocketChannel server;
    private @Nullable SocketChannel client;

    FakeControl(Path socket) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
    }

    void accept() throws IOException {
        client = server.accept();
    }

    private SocketChannel client() {
        return requireNonNull(client, "nobody was accepted");
    }

    /** The type and id of the next request. */
    int[] receive() throws IOException {
        ByteBuffer request = ByteBuffer.allocate(ControlRecord.SIZE).order(ByteOrder.LITTLE_ENDIAN);
        while (request.hasRemaining()) {
            if (client().read(request) < 0) {
                throw new IOException("the node closed the connection");
            }
        }
        return new int[] {request.getInt(0), request.getInt(4)};
    }

    void answer(int type, int id, int value, long time) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(ControlRecord.SIZE).order(ByteOrder.LITTLE_ENDIAN);
        answer.putInt(0, type).putInt(4, id).putInt(12, value).putLong(24, time);
        client().write(answer);
    }

    /** Waits for the request of this type, whatever others come before; returns its id. */
    int receiveOf(int type) throws IOException {
        int[] request = receive();
        while (request[0] != type) {
            request = receive();
        }
        return request[1];
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (client != null) {
            client.close();
        }
    }
}
