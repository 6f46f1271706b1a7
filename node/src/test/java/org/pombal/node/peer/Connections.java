package org.pombal.node.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** TCP connections of this machine, by the kernel's tables (proc(5), {@code /proc/net/tcp}). */
final class Connections {

    private static final String ESTABLISHED = "01";

    private Connections() {}

    static long establishedTo(int port) {
        String suffix = String.format(":%04X", port);
        return Stream.of("tcp", "tcp6")
                .flatMap(table -> lines(table).stream())
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > 3 && fields[2].endsWith(suffix) && fields[3].equals(ESTABLISHED))
                .count();
    }

    private static List<String> lines(String table) {
        try {
            return Files.readAllLines(Path.of("/proc/net", table));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
