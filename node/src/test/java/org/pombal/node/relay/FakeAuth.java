package org.pombal.node.relay;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Stands where Dovecot's auth would: a listening socket whose connections the test plays by hand. */
public final class FakeAuth implements AutoCloseable {

    private final Path socket;
    private final ServerSocketChannel server;

    public FakeAuth(Path socket) throws IOException {
        this.socket = socket;
        Files.createDirectories(socket.getParent());
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
    }

    /** The next connection the relay makes. */
    public LinePeer accept() throws IOException {
        return new LinePeer(server.accept());
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
    }
}
