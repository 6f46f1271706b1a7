package org.pombal.controller.autoscaling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of one run of a program: what it reads, what it printed, and its exit code, which comes last.
 *
 * @param path of a folder of its own
 */
record ProgramFolder(Path path) implements AutoCloseable {

    /** So much of what it printed is shown. */
    private static final int MOST_SHOWN = 4_000;

    /**
     * {@code FOLDER BYTES PROGRAM ARGUMENT...}: dd, unlike head, passes on at once what it has read; byte by byte, because it counts reads. The
     * shell ends when both outputs have been read to their ends.
     */
    private static final String RUN = """
            folder=$1 most=$2
            shift 2
            mkfifo "$folder/out.pipe" "$folder/errors.pipe" || exit
            dd if="$folder/out.pipe" of="$folder/out" bs=1 count="$most" &
            dd if="$folder/errors.pipe" of="$folder/errors" bs=1 count="$most" &
            "$@" <"$folder/in" >"$folder/out.pipe" 2>"$folder/errors.pipe"
            echo $? >"$folder/code.new"
            mv "$folder/code.new" "$folder/code"
            wait
            """;

    ProgramFolder {
        requireNonNull(path, "path is null");
    }

    static ProgramFolder make() throws IOException {
        return new ProgramFolder(Files.createTempDirectory("pombal-program-"));
    }

    /** What runs the program, in a process group of its own. */
    List<String> command(Path program, List<String> arguments, int mostOutput) {
        List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", RUN, "sh"));
        command.addAll(List.of(path.toString(), Integer.toString(mostOutput), program.toString()));
        command.addAll(arguments);
        return command;
    }

    Path input() {
        return path.resolve("in");
    }

    /** Whether the program itself has ended. */
    boolean isOver() {
        return Files.exists(path.resolve("code"));
    }

    int exitCode() throws IOException {
        return Integer.parseInt(Files.readString(path.resolve("code"), UTF_8).strip());
    }

    /** The beginning of what it printed. */
    String output() throws IOException {
        return start(path.resolve("out"));
    }

    /** The beginning of what it printed as errors. */
    String errors() throws IOException {
        return start(path.resolve("errors"));
    }

    /** Whether either output has reached so many bytes. */
    boolean isFull(int bytes) throws IOException {
        return size(path.resolve("out")) >= bytes || size(path.resolve("errors")) >= bytes;
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private static String start(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_SHOWN), UTF_8);
        }
    }

    /** Deletes all of them. */
    @Override
    public void close() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(path)) {
            files = all.toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(path);
    }
}
