package org.pombal.node.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.node.guardian.ProcessTable;
import org.pombal.node.probe.HangWatch.Running;

@Timeout(60)
class HangWatchTest {

    private static final String WELL = "VERSION\t1\t2\n";
    private static final Duration TIMEOUT = Duration.ofMillis(300);

    @TempDir
    private Path folder;

    private final AtomicReference<Optional<Running>> running = new AtomicReference<>(
            Optional.of(new Running(1, Math.toIntExact(ProcessHandle.current().pid()))));
    private volatile String greeting = WELL;
    private final AtomicInteger callers = new AtomicInteger();
    private final AtomicInteger kills = new AtomicInteger();
    private Path auth = Path.of("unset");
    private ServerSocketChannel server;
    private @Nullable HangWatch watch;

    @BeforeEach
    void listen() throws IOException {
        auth = folder.resolve("auth");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(auth));
        Thread thread = new Thread(this::greet, "test-auth");
        thread.setDaemon(true);
        thread.start();
    }

    private void greet() {
        try {
            while (true) {
                SocketChannel caller = server.accept();
                callers.incrementAndGet();
                if (greeting.isEmpty()) {
                    continue; // accepted as by the kernel, and never answered
                }
                caller.write(ByteBuffer.wrap(greeting.getBytes(US_ASCII)));
                caller.close();
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    @AfterEach
    void close() throws IOException {
        HangWatch made = watch;
        if (made != null) {
            made.close();
        }
        server.close();
    }

    private HangWatch watch(boolean kills, Optional<InetSocketAddress> imap) {
        HangWatch made = new HangWatch(
                new HangWatch.Setup(Duration.ofMillis(20), TIMEOUT, 2, kills),
                new HangWatch.Parts(running::get, auth, () -> imap, this.kills::incrementAndGet),
                new PrometheusRegistry());
        watch = made;
        made.start();
        awaitCallers(2);
        return made;
    }

    /** Waits for so many probes more. */
    private void awaitCallers(int more) {
        int before = callers.get();
        await().until(() -> callers.get() >= before + more);
    }

    private DovecotProbe probe(Optional<InetSocketAddress> imap) {
        return new DovecotProbe(auth, () -> imap, TIMEOUT);
    }

    private int self() {
        return Math.toIntExact(ProcessHandle.current().pid());
    }

    @Test
    void aServerThatGreetsIsWell() {
        assertThat(probe(Optional.empty()).look(1, self()).checks())
                .containsEntry("auth", Optional.empty())
                .containsEntry("the master process", Optional.empty())
                .hasSize(2);
    }

    @Test
    void whatFailsIsSaidWithTheReason() throws Exception {
        greeting = "HELLO...";
        Process stopped = new ProcessBuilder("sleep", "60").start();
        try (ServerSocket silent = new ServerSocket(0)) {
            new ProcessBuilder("kill", "-STOP", String.valueOf(stopped.pid()))
                    .start()
                    .waitFor();
            int pid = Math.toIntExact(stopped.pid());
            await().until(() -> ProcessTable.isStopped(pid));

            assertThat(probe(Optional.of(new InetSocketAddress("127.0.0.1", silent.getLocalPort())))
                            .look(1, pid)
                            .checks())
                    .containsEntry("auth", Optional.of("it greets with 'HELLO...'"))
                    .containsEntry("the master process", Optional.of("process " + pid + " is stopped"))
                    .containsEntry("IMAP", Optional.of("no answer within 300 ms"));
        } finally {
            stopped.destroyForcibly();
        }
    }

    @Test
    void nobodyWhoListensIsAFailureToo() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        assertThat(probe(Optional.of(new InetSocketAddress("127.0.0.1", port)))
                        .look(1, self())
                        .checks()
                        .get("IMAP"))
                .hasValueSatisfying(reason -> assertThat(reason).containsIgnoringCase("refused"));
    }

    @Test
    void aConnectionThatIsClosedIsNoGreeting() throws Exception {
        try (ServerSocket imap = new ServerSocket(0)) {
            Thread closing = new Thread(() -> {
                try (Socket caller = imap.accept()) {
                    caller.getOutputStream().write('*');
                } catch (IOException e) {
                    // The test is over.
                }
            });
            closing.start();

            assertThat(probe(Optional.of(new InetSocketAddress("127.0.0.1", imap.getLocalPort())))
                            .look(1, self())
                            .checks())
                    .containsEntry("IMAP", Optional.of("the connection was closed without a greeting"));
            closing.join();
        }
    }

    @Test
    void whatHangsIsReportedAndNotKilledUnlessThatIsWanted() {
        HangWatch watched = watch(false, Optional.empty());
        assertThat(watched.obstacle()).isEmpty();

        greeting = "";

        await().until(() -> watched.obstacle().isPresent());
        assertThat(watched.obstacle()).contains("Dovecot hangs: auth: no answer within 300 ms");
        greeting = WELL;
        await().until(() -> watched.obstacle().isEmpty());
        assertThat(kills).hasValue(0);
    }

    @Test
    void itIsKilledOnceAndItsSuccessorIsJudgedAnew() {
        watch(true, Optional.empty());

        greeting = "";

        await().until(() -> kills.get() == 1);
        running.set(Optional.of(new Running(2, self())));
        awaitCallers(5);
        assertThat(kills).hasValue(1); // the new one has never answered
    }
}
