package org.pombal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.OptionalInt;

/** What a command line did. */
record Ran(int exitCode, String out, String err) {

    static final Terminal NO_TERMINAL = new Terminal(false, false, false, OptionalInt.empty());

    static Ran with(String... arguments) {
        return with(NO_TERMINAL, "", Map.of(), arguments);
    }

    static Ran with(Terminal terminal, String input, Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Streams streams = new Streams(
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, true, UTF_8),
                environment,
                terminal);
        int exitCode = new ClusterCommandLine("doveadm", streams).run(arguments);
        streams.out().flush();
        return new Ran(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }
}
