package org.pombal.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Stands in for Dovecot's auth: greets as it does, and accepts every user of a PLAIN login with a reply that wants a
 * proxied session. A thread for each connection, blocking: the least a connection can cost.
 *
 * <p>Source of the lines: captures of Dovecot 2.3.19; {@code src/auth/auth-client-connection.c}.
 */
public final class AuthStub {

    private static final int BUFFER = 1 << 17;
    private static final byte[] GREETING = """
            VERSION\t1\t2
            MECH\tPLAIN\tplaintext
            SPID\t1
            CUID\t1
            COOKIE\t00112233445566778899aabbccddeeff
            DONE
            """.getBytes(US_ASCII);

    private AuthStub() {}

    /** Listens on the socket that the argument names; prints a line when it does, and ends with its standard input. */
    public static void main(String[] arguments) throws IOException {
        Path path = Path.of(arguments[0]);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path), 128);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
        startThread("accept", () -> accept(server));
        StandardStreams.say("listening");
        StandardStreams.awaitEnd();
        System.exit(0);
    }

    private static void accept(ServerSocketChannel server) {
        while (true) {
            try {
                SocketChannel client = server.accept();
                startThread("client", () -> serve(client));
            } catch (IOException e) {
                throw new IllegalStateException("cannot accept connections", e);
            }
        }
    }

    private static void serve(SocketChannel client) {
        ByteBuffer input = ByteBuffer.allocateDirect(BUFFER);
        ByteBuffer output = ByteBuffer.allocateDirect(BUFFER);
        StubReply reply = new StubReply();
        try (client) {
            output.put(GREETING);
            write(client, output);
            while (client.read(input) >= 0) {
                input.flip();
                reply.answer(input, output);
                input.compact();
                write(client, output);
            }
        } catch (IOException e) {
            // The other side is gone, which is how a connection ends here.
        }
    }

    private static void write(SocketChannel client, ByteBuffer output) throws IOException {
        output.flip();
        while (output.hasRemaining()) {
            client.write(output);
        }
        output.clear();
    }

    private static void startThread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
