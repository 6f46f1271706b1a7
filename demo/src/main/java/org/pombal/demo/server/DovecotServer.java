package org.pombal.demo.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.pombal.dovecot.config.StandaloneConfig;

/**
 * A real Dovecot that runs from a {@link StandaloneConfig} until it is stopped or this program ends, however it ends.
 *
 * <p>Needs root, as Dovecot runs each of its parts under a user of its own.
 */
public final class DovecotServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final int LOG_LINES_SHOWN = 12;

    private final StandaloneConfig config;
    private final DovecotInstallation installation;
    private final DovecotPorts ports;
    private final Optional<Guardian> guardian;
    private GuardedProcess process;

    private DovecotServer(
            StandaloneConfig config,
            DovecotInstallation installation,
            Optional<Guardian> guardian,
            GuardedProcess process) {
        this.guardian = guardian;
        this.config = config;
        this.installation = installation;
        this.ports = new DovecotPorts(config);
        this.process = process;
    }

    /**
     * Writes the configuration into its folder and starts Dovecot. Returns when every port accepts connections; those of
     * a proxy say nothing before its node runs, see {@link #awaitGreetings}.
     *
     * @throws IllegalStateException saying what is missing, which ports are taken, or what Dovecot logged
     */
    public static DovecotServer start(DovecotInstallation installation, StandaloneConfig config) {
        requireNonNull(installation, "installation is null");
        requireNonNull(config, "config is null");
        DovecotServer server =
                new DovecotServer(config, installation, Optional.empty(), run(installation, config, Optional.empty()));
        server.awaitPortsOrClose();
        return server;
    }

    /**
     * Writes the configuration into its folder and starts the guardian, which starts Dovecot when its node is trusted: see {@link
     * #awaitListening}.
     */
    public static DovecotServer startUnder(
            Guardian guardian, DovecotInstallation installation, StandaloneConfig config) {
        return new DovecotServer(
                config, installation, Optional.of(guardian), run(installation, config, Optional.of(guardian)));
    }

    private static GuardedProcess run(
            DovecotInstallation installation, StandaloneConfig config, Optional<Guardian> guardian) {
        new DovecotPorts(config).requireFree();
        DovecotFolder folder = new DovecotFolder(installation, config);
        Path prepared = folder.prepare();
        List<String> command = guardian.map(
                        by -> by.command(installation, installation.onHost(config.baseDir()), folder.command()))
                .orElseGet(folder::command);
        return GuardedProcess.start("Dovecot " + config.name(), command, prepared.resolve("stderr"));
    }

    /** Starts it again after it was closed, as {@link #start} does. */
    public void startAgain() {
        process = run(installation, config, guardian);
        awaitPortsOrClose();
    }

    /** Waits until every port accepts connections, after {@link #startUnder}. */
    public void awaitListening() {
        awaitPortsOrClose();
    }

    private void awaitPortsOrClose() {
        try {
            awaitPorts();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void awaitPorts() {
        boolean ready = Waiting.upTo(START, () -> ports.silent().isEmpty() || !isRunning()) && isRunning();
        if (!ready) {
            throw new IllegalStateException("Dovecot " + config.name()
                    + (isRunning() ? " does not listen on " + ports.silent() : " ended by itself") + "; it says: "
                    + lastWords());
        }
    }

    /** Waits until each service greets: for a proxy, until its node answers. */
    public void awaitGreetings(Duration patience) {
        if (!Waiting.upTo(patience, () -> ports.withoutGreeting().isEmpty())) {
            throw new IllegalStateException("Dovecot " + config.name() + " does not greet on " + ports.withoutGreeting()
                    + " within " + patience + "; it says: " + lastWords());
        }
    }

    public StandaloneConfig config() {
        return config;
    }

    public boolean isRunning() {
        return !process.processes().isEmpty();
    }

    /** Ids of all processes of this Dovecot. */
    public Set<Long> processes() {
        return process.processes();
    }

    /** Ids of its process groups, and of its guardian's if it has one, see {@link GuardedProcess#processGroups}. */
    public Set<Long> processGroups() {
        return process.processGroups();
    }

    /** Runs {@code doveadm} on this Dovecot and returns what it prints. */
    public String doveadm(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "-c", config.folder().resolve(StandaloneConfig.MAIN_FILE).toString()));
        Collections.addAll(all, arguments);
        return Commands.run(installation.command("doveadm", all.toArray(String[]::new)));
    }

    /**
     * A command line that prints its configuration, with paths as another program sees them.
     *
     * @param file the configuration, a file in its folder
     * @param sees what a path of this machine is called where that program runs
     */
    public String doveconf(String file, UnaryOperator<Path> sees) {
        return new DovecotFolder(installation, config).doveconf(file, sees);
    }

    /** The log file, as this program sees it. */
    public Path log() {
        return installation.onHost(config.log());
    }

    /** The folder with sockets, as this program sees it. */
    public Path baseDir() {
        return installation.onHost(config.baseDir());
    }

    /** Asks it to stop, and returns at once. */
    public void beginStop() {
        process.beginStop();
    }

    /** Stops it and every process it started; returns when all are gone. Does nothing if it does not run. */
    @Override
    public void close() {
        process.stop(STOP);
    }

    private String lastWords() {
        List<String> words = new ArrayList<>();
        for (Path file : List.of(log().resolveSibling("stderr"), log())) {
            try {
                words.addAll(
                        Files.exists(file)
                                ? Files.readString(file, UTF_8).lines().toList()
                                : List.of());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
        return String.join("\n", words.subList(Math.max(0, words.size() - LOG_LINES_SHOWN), words.size()));
    }
}
