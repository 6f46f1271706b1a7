package org.pombal.bench.kit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Names of programs that run. */
public final class ProcessNames {

    private ProcessNames() {}

    /** The name of the program that a process runs, as proc(5) has it in comm; empty if the process is gone. */
    public static String of(long pid) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), "comm"), ISO_8859_1)
                    .strip();
        } catch (IOException e) {
            return "";
        }
    }
}
