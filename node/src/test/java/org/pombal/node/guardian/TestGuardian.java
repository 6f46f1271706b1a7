package org.pombal.node.guardian;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.pombal.node.session.ProcessId;

/** A real guardian, built from the checkout, with its files in a folder of its own on tmpfs. Needs root, gcc and make. */
public final class TestGuardian implements AutoCloseable {

    private static final Path SOURCES = sources();
    private static final Path TMPFS = Path.of("/dev/shm");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final GuardianFolder folder;
    private final Path log;
    private final List<String> arguments;
    private Process watcher;

    private TestGuardian(GuardianFolder folder, List<String> arguments) throws IOException {
        this.folder = folder;
        this.log = folder.path().resolve("log");
        this.arguments = arguments;
        this.watcher = start();
    }

    /** Runs the command under trust. */
    public static TestGuardian guarding(List<String> options, String... command) throws IOException {
        GuardianFolder folder = newFolder();
        List<String> arguments = arguments(folder, options);
        arguments.addAll(List.of("--trust", folder.trust().toString(), "--"));
        arguments.addAll(List.of(command));
        TestGuardian started = new TestGuardian(folder, arguments);
        started.awaitGuardian();
        return started;
    }

    /** Only keeps sockets, as beside a proxy. */
    public static TestGuardian keepingSockets(List<String> options) throws IOException {
        GuardianFolder folder = newFolder();
        return new TestGuardian(folder, arguments(folder, options));
    }

    private static GuardianFolder newFolder() throws IOException {
        return new GuardianFolder(Files.createTempDirectory(TMPFS, "pombal-guardian-"));
    }

    private static List<String> arguments(GuardianFolder folder, List<String> options) throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.add(program().toString());
        arguments.addAll(List.of("--control", folder.control().toString()));
        arguments.addAll(List.of("--descriptors", folder.descriptors().toString()));
        arguments.addAll(options);
        return arguments;
    }

    /** Made anew only if its sources are newer. */
    private static synchronized Path program() throws IOException {
        Process make = new ProcessBuilder("make", "--silent", "--directory", SOURCES.toString(), "all")
                .redirectErrorStream(true)
                .start();
        String said = new String(make.getInputStream().readAllBytes(), UTF_8);
        try {
            assertThat(make.waitFor()).as(said).isZero();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return SOURCES.resolve("target/pombal-guardian");
    }

    private static Path sources() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("guardian/Makefile"))) {
                return at.resolve("guardian");
            }
        }
        throw new IllegalStateException(
                "no guardian/Makefile above " + Path.of("").toAbsolutePath());
    }

    private Process start() throws IOException {
        return new ProcessBuilder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Starts one that keeps sockets again after its end. */
    public void restartSockets() throws IOException {
        assertThat(watcher.isAlive()).isFalse();
        watcher = start();
    }

    /** What systemd does to stop it. */
    public void stop() throws InterruptedException {
        watcher.destroy();
        assertThat(watcher.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(this::log)
                .isTrue();
    }

    public GuardianFolder folder() {
        return folder;
    }

    /** The process that was started; the guardian is its child. */
    public ProcessHandle watcher() {
        return watcher.toHandle();
    }

    /** The guardian itself, once it has said that it waits. */
    public ProcessId awaitGuardian() throws IOException {
        try (TrustFile file = await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> TrustFile.open(folder.trust(), BootClock.ofThisMachine()), opened -> true)) {
            return await().atMost(PATIENCE)
                    .until(
                            () -> file.report()
                                    .map(GuardianReport::guardian)
                                    .filter(guardian -> guardian.isAlive()
                                            && ProcessTable.isBelow(guardian.pid(), (int) watcher.pid()))
                                    .orElse(new ProcessId(0, 0)),
                            guardian -> guardian.pid() != 0);
        }
    }

    /** What it has logged. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it and all below it. */
    @Override
    public void close() throws IOException {
        List<ProcessHandle> all = Stream.concat(watcher.descendants(), Stream.of(watcher.toHandle()))
                .toList();
        watcher.destroy();
        try {
            if (!watcher.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder.path())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
