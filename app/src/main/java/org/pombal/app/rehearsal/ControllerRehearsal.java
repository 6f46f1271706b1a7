package org.pombal.app.rehearsal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.pombal.app.Pombal;

/** A controller that starts, GeoDB being away, says so, and turns a request without a token away. It listens on the loopback. */
final class ControllerRehearsal {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ANSWER_MILLIS = 10_000;
    private static final long LOOK_NANOS = 5_000_000;

    private final Path folder;

    ControllerRehearsal(Path folder) {
        this.folder = requireNonNull(folder, "folder is null");
    }

    /** Ends the virtual machine, as a signal would end a controller. */
    void run() throws IOException {
        int port = freePort();
        Path settings = Files.writeString(folder.resolve("controller.conf"), """
                cluster_local_site = rehearsal
                CONTROLLER_LISTEN = 127.0.0.1:%d
                CASSANDRA_SERVERS = 127.0.0.1
                CASSANDRA_PORT = 9
                CASSANDRA_LOCAL_DC = nowhere
                """.formatted(port));
        Thread client = new Thread(() -> System.exit(isRefusedAndTold(port) ? 0 : 1), "client");
        client.setDaemon(true);
        client.start();
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        System.exit(new Pombal(out, out, Map.of()).run("controller", "--config", settings.toString()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isRefusedAndTold(int port) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<String> health = ask(port, "/api/v1/health");
            if (health.isPresent()) {
                return health.get().contains(" 200 ")
                        && ask(port, "/api/v1/sites")
                                .filter(line -> line.contains(" 401 "))
                                .isPresent();
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return false;
    }

    /** The first line of the answer; empty while nobody answers. */
    private static Optional<String> ask(int port, String path) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(US_ASCII));
            return Optional.ofNullable(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine());
        } catch (IOException e) {
            return Optional.empty(); // does not listen yet
        }
    }
}
