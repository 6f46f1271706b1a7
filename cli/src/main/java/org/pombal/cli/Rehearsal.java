package org.pombal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Goes through a command and its help once, with an answer that is always the same and its output thrown away. The Java that runs it
 * with {@code -XX:ArchiveClassesAtExit} then knows which classes a command loads, and later starts have them at hand.
 */
public final class Rehearsal {

    private static final byte[] ANSWER = ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "6c\r\n[[\"doveadmResponse\",[{\"host\":\"b1\",\"site\":\"lisbon\",\"status\":\"online\","
                    + "\"load-factor\":100,\"id\":null}],\"pombal\"]]\r\n0\r\n\r\n")
            .getBytes(UTF_8);

    private Rehearsal() {}

    /** @throws IOException if there is no room for a socket among the temporary files */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("pombal-rehearsal");
        Path socket = folder.resolve("node");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread node = new Thread(() -> answer(server), "pombal-rehearsal");
            node.setDaemon(true);
            node.start();
            for (String format : new String[] {"table", "json", "flow", "tab", "pager"}) {
                require(run("-f", format, "cluster", "backend", "list", "--socket", socket.toString()));
            }
            require(run("cluster", "backend", "list", "--help"));
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(folder);
        }
    }

    private static int run(String... arguments) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        Terminal terminal = new Terminal(false, false, false, OptionalInt.empty());
        Streams streams =
                new Streams(new ByteArrayInputStream(new byte[0]), nowhere, nowhere, System.getenv(), terminal);
        return new ClusterCommandLine("pombal", streams).run(arguments);
    }

    private static void require(int exitCode) {
        if (exitCode != 0) {
            throw new IllegalStateException("the rehearsed command ended with " + exitCode);
        }
    }

    private static void answer(ServerSocketChannel server) {
        try {
            while (true) {
                try (SocketChannel client = server.accept()) {
                    client.read(ByteBuffer.allocate(4096));
                    client.write(ByteBuffer.wrap(ANSWER));
                }
            }
        } catch (IOException e) {
            // The rehearsal is over.
        }
    }
}
