package org.pombal.geodb.embedded;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Why a Cassandra that ended by itself did so, from what it wrote last. */
final class LastWords {

    private static final int LINES = 10;
    private static final long TAIL_BYTES = 64 * 1024;

    /** What is logged at level ERROR, and the lines of exceptions that name them. */
    private static final Pattern TELLING =
            Pattern.compile("^\\S+ \\S+ ERROR|^Error|^Exception|^Caused by|^[a-z][\\w.]*[A-Z]\\w*(Exception|Error)");

    private LastWords() {}

    /** The last errors in its log or, without any, the last lines that it printed. */
    static String of(CassandraFiles files) {
        List<String> printed = tail(files.output());
        List<String> telling = Stream.concat(tail(files.systemLog()).stream(), printed.stream())
                .filter(line -> TELLING.matcher(line).find())
                .toList();
        List<String> lines = telling.isEmpty() ? printed : telling;
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }

    private static List<String> tail(Path file) {
        try (var channel = Files.newByteChannel(file)) {
            channel.position(Math.max(0, channel.size() - TAIL_BYTES));
            byte[] bytes = Channels.newInputStream(channel).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
