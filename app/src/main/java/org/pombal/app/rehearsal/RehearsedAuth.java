package org.pombal.app.rehearsal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Stands in for Dovecot's auth: accepts the first request of each connection for one user, to be proxied. */
final class RehearsedAuth {

    private final ServerSocketChannel server;
    private final String user;

    private RehearsedAuth(ServerSocketChannel server, String user) {
        this.server = server;
        this.user = requireNonNull(user, "user is null");
    }

    /** Listens on the socket until the virtual machine ends. */
    static void start(Path socket, String user) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread thread = new Thread(new RehearsedAuth(server, user)::serve, "auth");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        while (true) {
            try (SocketChannel node = server.accept()) {
                Lines lines = new Lines(node);
                lines.write("VERSION\t1\t2\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t00\nDONE\n");
                lines.await("AUTH\t1\t");
                lines.write("OK\t1\tuser=" + user + "\tproxy\n");
                lines.await("CANCEL\t1"); // never comes; the node closes when the client does
            } catch (IOException e) {
                // That connection is over; the next one may come.
            }
        }
    }
}
