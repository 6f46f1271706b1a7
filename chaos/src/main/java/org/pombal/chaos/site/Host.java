package org.pombal.chaos.site;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.pombal.demo.server.Commands;

/**
 * A host: a network namespace, and the processes in it.
 *
 * @param name of the namespace
 * @param address its only one
 */
public record Host(String name, String address) {

    private static final Path PROC = Path.of("/proc");
    private static final Path NAMESPACES = Path.of("/run/netns");

    public Host {
        requireNonNull(name, "name is null");
        requireNonNull(address, "address is null");
    }

    /** A command that runs another here. */
    public List<String> command(List<String> command) {
        List<String> here = new ArrayList<>(List.of("nsenter", "--net=" + NAMESPACES.resolve(name)));
        here.addAll(command);
        return here;
    }

    /** Ids of the processes that live here. */
    public List<Long> processes() {
        return processes(program -> true);
    }

    /** Ids of those with this program's name, at most 15 characters of it. */
    public List<Long> processes(String program) {
        return processes(program::equals);
    }

    private List<Long> processes(Predicate<String> program) {
        try (Stream<Path> entries = Files.list(PROC)) {
            Object here = Files.getAttribute(NAMESPACES.resolve(name), "unix:ino");
            return entries.filter(entry ->
                            Character.isDigit(entry.getFileName().toString().charAt(0)))
                    .filter(entry -> isIn(here, entry) && program.test(read(entry.resolve("comm"))))
                    .map(entry -> Long.valueOf(entry.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("cannot list the processes of " + name, e);
        }
    }

    private static boolean isIn(Object namespace, Path process) {
        try {
            return namespace.equals(Files.getAttribute(process.resolve("ns/net"), "unix:ino"));
        } catch (IOException e) {
            // It has ended, or is about to be reaped.
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Sends a signal, as {@code KILL}, to those of the processes that still live. */
    public static void signal(String name, List<Long> processes) {
        if (processes.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("sh", "-c", "kill -\"$0\" \"$@\" 2>/dev/null || true", name));
        processes.forEach(process -> command.add(process.toString()));
        Commands.run(command);
    }

    /** Kills every process here, also those that are forked meanwhile; returns when none is left. */
    public void killAll() {
        for (List<Long> left = processes(); !left.isEmpty(); left = processes()) {
            signal("KILL", left);
        }
    }

    /** Stops every process here, also those that are forked meanwhile. */
    public void stopAll() {
        for (List<Long> before = List.of(), now = processes(); !before.equals(now); now = processes()) {
            signal("STOP", now);
            before = now;
        }
    }

    /** Lets every process here go on. */
    public void resumeAll() {
        signal("CONT", processes());
    }
}
