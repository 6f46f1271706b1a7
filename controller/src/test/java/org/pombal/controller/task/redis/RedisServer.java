package org.pombal.controller.task.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A real Redis on a port of its own, which keeps what it has on disk. Debian's package redis-server has the program. */
public final class RedisServer implements AutoCloseable {

    private final int port;
    private final Path folder;
    private final List<String> more;
    private final String password;
    private Process process;

    private RedisServer(int port, Path folder, List<String> more, String password) {
        this.port = port;
        this.folder = folder;
        this.more = List.copyOf(more);
        this.password = password;
        this.process = launch();
    }

    public static RedisServer start() {
        return start("");
    }

    /** @param password empty for none */
    static RedisServer start(String password) {
        return start(
                List.of(
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        "always",
                        "--save",
                        "",
                        "--repl-diskless-sync-delay",
                        "0"),
                password);
    }

    /** One that has what {@code master} has, and its password. */
    static RedisServer replicaOf(RedisServer master) {
        List<String> options = new ArrayList<>(List.of("--replicaof", "127.0.0.1 " + master.port, "--save", ""));
        if (!master.password.isEmpty()) {
            options.addAll(List.of("--masterauth", master.password));
        }
        return start(options, master.password);
    }

    /**
     * One that watches {@code master}, calls it mymaster, and makes a replica of it the master when it is gone.
     *
     * @param password its own; empty for none
     */
    static RedisServer sentinelOf(RedisServer master, String password) {
        try {
            Path folder = Files.createTempDirectory("sentinel");
            Path configuration = folder.resolve("sentinel.conf");
            Files.writeString(
                    configuration,
                    "sentinel monitor mymaster 127.0.0.1 " + master.port + " 1\n"
                            + "sentinel down-after-milliseconds mymaster 1000\n"
                            + "sentinel failover-timeout mymaster 5000\n"
                            + (master.password.isEmpty()
                                    ? ""
                                    : "sentinel auth-pass mymaster " + master.password + "\n"));
            return start(folder, List.of(configuration.toString(), "--sentinel"), password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that also speaks TLS, on another port. */
    static RedisServer withTls(int port, Path certificate, Path key, String password) {
        return start(
                List.of(
                        "--tls-port",
                        Integer.toString(port),
                        "--tls-cert-file",
                        certificate.toString(),
                        "--tls-key-file",
                        key.toString(),
                        "--tls-ca-cert-file",
                        certificate.toString(),
                        "--tls-auth-clients",
                        "no",
                        "--save",
                        ""),
                password);
    }

    private static RedisServer start(List<String> more, String password) {
        try {
            return start(Files.createTempDirectory("redis"), more, password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RedisServer start(Path folder, List<String> more, String password) throws IOException {
        return new RedisServer(freePort(), folder, more, password);
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private Process launch() {
        List<String> command = new ArrayList<>(List.of("redis-server"));
        command.addAll(more);
        command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--dir", folder.toString()));
        if (!password.isEmpty()) {
            command.addAll(List.of("--requirepass", password));
        }
        try {
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            await().atMost(20, SECONDS).until(() -> {
                if (!started.isAlive()) {
                    throw new AssertionError("redis-server ended: " + Files.readString(folder.resolve("log")));
                }
                return ask("PING").startsWith("+PONG");
            });
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("redis-server cannot be started; script/setup installs it", e);
        }
    }

    /** The beginning of its answer; empty if there is none. */
    String ask(String command) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            socket.setSoTimeout(500);
            if (!password.isEmpty()) {
                answer(socket, "AUTH " + password);
            }
            return answer(socket, command);
        } catch (IOException e) {
            return "";
        }
    }

    private static String answer(Socket socket, String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        byte[] answer = new byte[4096];
        int read = socket.getInputStream().read(answer);
        return read < 0 ? "" : new String(answer, 0, read, StandardCharsets.US_ASCII);
    }

    int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port + "/0";
    }

    RedisURI address() {
        return RedisURI.create("127.0.0.1", port);
    }

    /** Ends it as a crash does. */
    public void kill() {
        process.destroyForcibly();
        await().atMost(10, SECONDS).until(() -> !process.isAlive());
    }

    /** After {@link #kill}, on the same port, with what it had. */
    public void startAgain() {
        process = launch();
    }

    /** Stops it in its tracks ({@code STOP}), or lets it go on ({@code CONT}). */
    public void signal(String name) {
        signal(process.pid(), name);
    }

    /** To a process that a test started. */
    public static void signal(long pid, String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new AssertionError("kill -" + name + " " + pid + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
