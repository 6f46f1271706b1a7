package org.pombal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;

/** Where the command line begins. */
public final class Main {

    private static final int BUFFER = 64 * 1024;

    private Main() {}

    public static void main(String[] arguments) {
        // Ends without waiting for anything: there is nothing that must still be done.
        Runtime.getRuntime().halt(run(arguments));
    }

    /** Carries a command out on the standard streams, and returns its exit code. */
    public static int run(String... arguments) {
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER), false, UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
        Streams streams =
                new Streams(new FileInputStream(FileDescriptor.in), out, err, System.getenv(), Terminal.ofLauncher());
        int exitCode = new ClusterCommandLine(System.getProperty("pombal.program", "pombal"), streams).run(arguments);
        out.flush();
        return exitCode;
    }
}
