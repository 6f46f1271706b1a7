package org.pombal.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.pombal.bench.cli.CliCommand;
import org.pombal.bench.controller.ControllerCommand;
import org.pombal.bench.moves.MovesCommand;
import org.pombal.bench.relay.RelayCommand;
import org.pombal.bench.relay.StartCommand;

/** What script/bench runs. */
public final class Bench {

    private static final int USAGE = 64;
    private static final int FAILED = 1;

    private Bench() {}

    /** @param arguments the benchmark, then its options */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
        System.exit(run(List.of(arguments), out, err));
    }

    private static int run(List<String> arguments, PrintStream out, PrintStream err) {
        Path checkout = Path.of(System.getProperty("pombal.checkout", ""));
        try {
            List<String> options = arguments.subList(Math.min(1, arguments.size()), arguments.size());
            switch (arguments.isEmpty() ? "" : arguments.get(0)) {
                case "relay" -> RelayCommand.run(options, checkout, out, err);
                case "controller" -> ControllerCommand.run(options, checkout, out, err);
                case "cli" -> CliCommand.run(options, checkout, out, err);
                case "moves" -> MovesCommand.run(options, checkout, out, err);
                case "start" -> StartCommand.run(options, checkout, out, err);
                default ->
                    throw new IllegalArgumentException(
                            "there are the benchmarks 'cli', 'controller', 'moves', 'relay' and 'start', not "
                                    + arguments);
            }
            return 0;
        } catch (IllegalArgumentException e) {
            err.println("script/bench: " + e.getMessage() + "; see script/bench --help");
            return USAGE;
        } catch (IllegalStateException | IOException e) {
            err.println("script/bench: " + e.getMessage());
            return FAILED;
        }
    }
}
