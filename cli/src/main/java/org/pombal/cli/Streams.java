package org.pombal.cli;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * What the command line has around it.
 *
 * @param input standard input
 * @param out standard output; written in UTF-8, and flushed at the end
 * @param err standard error
 * @param environment names and values, as {@link System#getenv()} gives them
 */
record Streams(
        InputStream input, PrintStream out, PrintStream err, Map<String, String> environment, Terminal terminal) {

    Streams {
        requireNonNull(input, "input is null");
        requireNonNull(out, "out is null");
        requireNonNull(err, "err is null");
        environment = Map.copyOf(environment);
        requireNonNull(terminal, "terminal is null");
    }
}
