package org.pombal.demo.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A server that stays in the foreground, with all processes it forks. They end with this program, even if it is killed:
 * a guard, the leader of their process group, waits for the end of a pipe that only this program holds.
 *
 * <p>Linux could send a signal instead when the parent dies (prctl(2), PR_SET_PDEATHSIG), but it does so already when
 * the <em>thread</em> that started the process ends.
 */
public final class GuardedProcess {

    private static final Duration GUARD_START = Duration.ofSeconds(10);
    private static final Duration KILL = Duration.ofSeconds(10);

    /** How long what the server forked may outlive it: the guardian of a site allows Dovecot's processes as much. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final String name;
    private final Process guard;
    private final long server;
    private final ProcessGroup group;

    private GuardedProcess(String name, Process guard) {
        this.name = name;
        this.guard = guard;
        this.group = new ProcessGroup(guard.pid());
        // It stays a child of its guard also after it has ended, so this cannot miss it.
        if (!Waiting.upTo(GUARD_START, () -> guard.children().findAny().isPresent())) {
            throw new IllegalStateException(name + " was not started within " + GUARD_START);
        }
        this.server = guard.children().findAny().orElseThrow().pid();
    }

    /**
     * Starts a server.
     *
     * @param name for messages
     * @param output file that gets what it prints
     */
    public static GuardedProcess start(String name, List<String> command, Path output) {
        requireNonNull(name, "name is null");
        List<String> guarded = new ArrayList<>(List.of("setsid", "sh", "-c", guardScript(), "guard"));
        guarded.addAll(command);
        try {
            return new GuardedProcess(
                    name,
                    new ProcessBuilder(guarded)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name + " with " + command, e);
        }
    }

    private static String guardScript() {
        try (InputStream script = GuardedProcess.class.getResourceAsStream("guard.sh")) {
            return new String(
                    requireNonNull(script, "guard.sh is not part of this program")
                            .readAllBytes(),
                    UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read guard.sh", e);
        }
    }

    /** Ids of the server's living processes. */
    public Set<Long> processes() {
        Set<Long> members = new TreeSet<>(group.members());
        members.remove(guard.pid());
        return members;
    }

    /** Ids of the process groups of the server and its guard: what has to be killed at once for it to be gone without a trace. */
    public Set<Long> processGroups() {
        return group.groups();
    }

    /** Kills the server (SIGKILL) and waits until it is gone. */
    public void kill() {
        guard.descendants().forEach(ProcessHandle::destroyForcibly);
        stop(Duration.ZERO);
    }

    /** Asks the server to end (SIGTERM). */
    void beginStop() {
        guard.children().forEach(ProcessHandle::destroy);
    }

    /**
     * Ends the server: asks it to (SIGTERM), waits as long as given, and kills what is left. What outlives the server itself by more than
     * a second is left: login processes of Dovecot stay for ten when a client came and went before they could greet it.
     *
     * @throws IllegalStateException if a process is still there at the end, with its id
     */
    public void stop(Duration patience) {
        beginStop();
        Waiting.upTo(patience, () -> !ProcessGroup.lives(server));
        Waiting.upTo(patience.compareTo(LINGER) < 0 ? patience : LINGER, () -> processes()
                .isEmpty());
        if (guard.isAlive()) {
            Commands.run(List.of("kill", "-KILL", "--", "-" + guard.pid()));
        }
        if (!Waiting.upTo(KILL, () -> group.members().isEmpty())) {
            throw new IllegalStateException(
                    name + " is still running after it was killed: processes " + group.members());
        }
    }
}
