package org.pombal.chaos.site;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server that is started again a second after it ended, as by systemd, while its host is up. */
public final class Server {

    private static final Duration RESTART = Duration.ofSeconds(1);

    private final String name;
    private final Host host;
    private final List<String> command;
    private final Path log;
    private boolean wanted;
    private int starts;
    private @Nullable Process process;

    /** @param log gets what it prints, after what is there */
    public Server(String name, Host host, List<String> command, Path log) {
        this.name = requireNonNull(name, "name is null");
        this.host = requireNonNull(host, "host is null");
        List<String> inSession = new ArrayList<>(List.of("setsid"));
        inSession.addAll(command);
        this.command = host.command(inSession);
        this.log = requireNonNull(log, "log is null");
    }

    /** Starts it, and from now on again whenever it ends. */
    public synchronized void up() {
        wanted = true;
        if (process == null) {
            run();
        }
    }

    /** It is not started again. Does not end it. */
    public synchronized void down() {
        wanted = false;
    }

    private void run() {
        try {
            Process started = new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            starts++;
            process = started;
            started.onExit()
                    .thenRunAsync(
                            this::ended, CompletableFuture.delayedExecutor(RESTART.toMillis(), TimeUnit.MILLISECONDS));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name + " with " + command, e);
        }
    }

    private synchronized void ended() {
        process = null;
        if (wanted) {
            run();
        }
    }

    /** Ids of its first process and of all below it that live. */
    public synchronized List<Long> processes() {
        if (process == null || !process.isAlive()) {
            return List.of();
        }
        List<Long> all = new ArrayList<>(List.of(process.pid()));
        process.descendants().map(ProcessHandle::pid).forEach(all::add);
        return all;
    }

    /** How often it was started. */
    public synchronized int starts() {
        return starts;
    }

    public String name() {
        return name;
    }

    public Path log() {
        return log;
    }

    public Host host() {
        return host;
    }
}
