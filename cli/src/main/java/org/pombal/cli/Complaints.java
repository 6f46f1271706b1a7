package org.pombal.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import org.pombal.commands.ExitCodes;

/** Tells on the standard error what went wrong, a line each, and remembers the exit code: the highest of all. */
final class Complaints {

    private final String program;
    private final PrintStream err;
    private int exitCode = ExitCodes.OK;

    Complaints(String program, PrintStream err) {
        this.program = requireNonNull(program, "program is null");
        this.err = requireNonNull(err, "err is null");
    }

    void add(int code, String message) {
        exitCode = Math.max(exitCode, code);
        err.println(program + ": " + message.replaceAll("\\s*[\\r\\n]+\\s*", " "));
    }

    int exitCode() {
        return exitCode;
    }
}
