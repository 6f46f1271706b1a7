package org.pombal.node.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A process, unmistakably until the machine is booted again: process ids are used again, but not with the same start time.
 *
 * @param startTicks clock ticks since boot, field 22 of {@code /proc/PID/stat} (proc(5))
 */
public record ProcessId(int pid, long startTicks) {

    private static final int FIELDS_FROM_STATE_TO_START = 19;

    /** The process that has this id now; its start time is empty if there is none. */
    public static OptionalLong startTicksOf(int pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"), StandardCharsets.ISO_8859_1);
            // The second field is the program's name in brackets, and may itself contain spaces and brackets.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            boolean over = fields[0].equals("Z") || fields[0].equals("X");
            return over ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[FIELDS_FROM_STATE_TO_START]));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** The name of the program it runs, as {@code /proc/PID/comm} has it: 15 bytes at most; empty if it has ended. */
    public String program() {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), "comm"), StandardCharsets.ISO_8859_1)
                    .strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether it has not ended; a zombie has. */
    public boolean isAlive() {
        OptionalLong now = startTicksOf(pid);
        return now.isPresent() && now.getAsLong() == startTicks;
    }
}
