package org.pombal.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.pombal.bench.relay.RelayCommand;

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
            if (arguments.isEmpty() || !arguments.get(0).equals("relay")) {
                throw new IllegalArgumentException("there is the benchmark 'relay', not " + arguments);
            }
            RelayCommand.run(arguments.subList(1, arguments.size()), checkout, out, err);
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
