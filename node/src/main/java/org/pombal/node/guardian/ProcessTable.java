package org.pombal.node.guardian;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pombal.node.session.ProcessId;

/** The machine's processes as {@code /proc} shows them (proc(5)). What has ended while one looks is not there; zombies have ended. */
public final class ProcessTable {

    private static final Path FOLDER = Path.of("/proc");

    /** More generations than any tree of Dovecot's has; a bound, since what is read changes meanwhile. */
    private static final int MAX_GENERATIONS = 64;

    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int START = 19;

    private ProcessTable() {}

    /** The process that has this id now. */
    public static Optional<GuardedProcess> find(int pid) {
        try {
            return parse(Files.readString(FOLDER.resolve(pid + "/stat"), ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether the process is stopped by a signal (SIGSTOP) or a debugger; false if there is none. */
    public static boolean isStopped(int pid) {
        try {
            String stat = Files.readString(FOLDER.resolve(pid + "/stat"), ISO_8859_1);
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state == 'T' || state == 't';
        } catch (IOException e) {
            return false;
        }
    }

    /** The children that it has now. */
    public static List<GuardedProcess> childrenOf(int pid) {
        List<GuardedProcess> children = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(FOLDER, "[0-9]*")) {
            for (Path one : all) {
                find(Integer.parseInt(one.getFileName().toString()))
                        .filter(process -> process.parent() == pid)
                        .ifPresent(children::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + FOLDER, e);
        }
        return children;
    }

    /** Whether the other process is its parent, or its parent's, and so on. A process whose parent has ended gets another. */
    public static boolean isBelow(int pid, int ancestor) {
        int at = pid;
        for (int generation = 0; generation < MAX_GENERATIONS; generation++) {
            Optional<GuardedProcess> process = find(at);
            if (process.isEmpty()) {
                return false;
            }
            at = process.get().parent();
            if (at == ancestor) {
                return true;
            }
        }
        return false;
    }

    /** The second field is the program's name in brackets, and may itself contain spaces and brackets. */
    static Optional<GuardedProcess> parse(String stat) {
        int nameEnd = stat.lastIndexOf(')');
        String name = stat.substring(stat.indexOf('(') + 1, nameEnd);
        int pid = Integer.parseInt(stat.substring(0, stat.indexOf(' ')));
        String[] fields = stat.substring(nameEnd + 2).split(" ", -1);
        if (fields[STATE].equals("Z") || fields[STATE].equals("X")) {
            return Optional.empty();
        }
        ProcessId id = new ProcessId(pid, Long.parseLong(fields[START]));
        return Optional.of(new GuardedProcess(id, Integer.parseInt(fields[PARENT]), name));
    }
}
