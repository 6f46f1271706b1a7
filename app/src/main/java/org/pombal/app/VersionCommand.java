package org.pombal.app;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import org.pombal.node.ProductVersion;
import picocli.CommandLine.Command;

/** {@code pombal version}: what a bug report should begin with. */
@Command(name = "version", description = "Prints the versions of Pombal and of its Java.")
final class VersionCommand implements Runnable {

    private final PrintWriter out;

    VersionCommand(PrintWriter out) {
        this.out = requireNonNull(out, "out is null");
    }

    @Override
    public void run() {
        for (String line : lines()) {
            out.println(line);
        }
    }

    static String[] lines() {
        return new String[] {
            "Pombal " + ProductVersion.get(),
            "Java " + System.getProperty("java.runtime.version") + " (" + System.getProperty("java.vendor") + "), "
                    + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                    + System.getProperty("os.arch")
        };
    }
}
