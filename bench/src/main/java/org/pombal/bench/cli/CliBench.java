package org.pombal.bench.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How long {@code doveadm cluster backend list} takes, from its start to its end, with a node that answers at once: with the
 * archive of prepared classes and without, beside the real doveadm, whose wrapper and start are measured too.
 */
final class CliBench {

    private static final int BACKENDS = 20;

    private final Path checkout;
    private final Path folder;

    private CliBench(Path checkout, Path folder) {
        this.checkout = requireNonNull(checkout, "checkout is null");
        this.folder = requireNonNull(folder, "folder is null");
    }

    static List<CliFigures> run(Path checkout, int rounds, Consumer<String> progress) throws IOException {
        Path folder = Files.createTempDirectory("pombal-bench-");
        try (StubNode node = StubNode.start(folder.resolve("node.sock"), BACKENDS)) {
            return new CliBench(checkout, folder).measure(node.socket(), rounds, progress);
        }
    }

    private List<CliFigures> measure(Path socket, int rounds, Consumer<String> progress) throws IOException {
        Path launcher = checkout.resolve("app/src/main/launcher");
        Path home = checkout.resolve("app/target/pombal");
        Path withoutArchive = Files.createDirectory(folder.resolve("pombal"));
        Files.createSymbolicLink(withoutArchive.resolve("lib"), home.resolve("lib"));
        String[] list = {"cluster", "backend", "list", "--socket", socket.toString()};
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("`pombal cluster backend list`", command(home, launcher.resolve("pombal"), list));
        commands.put("`doveadm cluster backend list`", command(home, launcher.resolve("doveadm"), list));
        commands.put("the same without archive", command(withoutArchive, launcher.resolve("doveadm"), list));
        commands.put(
                "`doveadm config base_dir` through the wrapper",
                command(home, launcher.resolve("doveadm"), "config", "base_dir"));
        commands.put("`doveadm config base_dir`", List.of("doveadm", "config", "base_dir"));
        Map<String, List<Long>> times = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                long nanos = time(command.getValue());
                if (round > 0) { // the first brings the files into the machine's memory
                    times.computeIfAbsent(command.getKey(), what -> new ArrayList<>())
                            .add(nanos);
                }
            }
        }
        List<CliFigures> figures = times.entrySet().stream()
                .map(entry -> new CliFigures(entry.getKey(), entry.getValue()))
                .toList();
        figures.forEach(line -> progress.accept(line.toString()));
        return figures;
    }

    private static List<String> command(Path home, Path program, String... arguments) {
        List<String> command = new ArrayList<>(List.of("env", "POMBAL_HOME=" + home, program.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static long time(List<String> command) throws IOException {
        long started = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            int exitCode = process.waitFor();
            long nanos = System.nanoTime() - started;
            if (exitCode != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + exitCode);
            }
            return nanos;
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
