package org.pombal.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * Stands in for Dovecot's anvil, so that a real {@code doveadm who} prints sessions of our choice, however odd.
 */
final class Anvil implements AutoCloseable {

    /** A session as {@code doveadm who} shows it. */
    record Session(String user, String service, int pid, String ip) {

        /** In the form of anvil's CONNECT-DUMP of Dovecot 2.3. */
        private String line() {
            return service + "/" + ip + "/" + user + "\t" + pid + "\t1\n";
        }
    }

    private final ServerSocketChannel server;
    private final List<Session> sessions;

    private Anvil(ServerSocketChannel server, List<Session> sessions) {
        this.server = server;
        this.sessions = List.copyOf(sessions);
    }

    static Anvil start(Path socket, List<Session> sessions) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Anvil anvil = new Anvil(server, sessions);
        Thread thread = new Thread(anvil::serve, "anvil");
        thread.setDaemon(true);
        thread.start();
        return anvil;
    }

    private void serve() {
        while (true) {
            try (SocketChannel client = server.accept()) {
                dump(client);
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // doveadm was ended; the next may come.
            }
        }
    }

    private void dump(SocketChannel client) throws IOException {
        BufferedReader reader = new BufferedReader(Channels.newReader(client, UTF_8));
        String line = reader.readLine();
        while (line != null && !line.equals("CONNECT-DUMP")) {
            line = reader.readLine();
        }
        StringBuilder dump = new StringBuilder();
        sessions.forEach(session -> dump.append(session.line()));
        ByteBuffer bytes = ByteBuffer.wrap(dump.append('\n').toString().getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
