package org.pombal.cli;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.pombal.commands.ClusterCommand;
import org.pombal.commands.CommandCatalog;
import org.pombal.commands.ExitCodes;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line from its arguments to its exit code. */
final class ClusterCommandLine {

    /** As of a program that SIGPIPE has ended. */
    private static final int OUTPUT_CLOSED = 141;

    /** picocli's least. */
    private static final int MIN_HELP_WIDTH = 55;

    private final String program;
    private final Streams streams;

    /** @param program how it was called, pombal or doveadm; stands before messages */
    ClusterCommandLine(String program, Streams streams) {
        this.program = requireNonNull(program, "program is null");
        this.streams = requireNonNull(streams, "streams is null");
    }

    /** @param arguments doveadm's global options, {@code cluster}, and the rest */
    int run(String... arguments) {
        Options options = new Options();
        CommandSpec root = new CommandSpecs(program, new HashSet<>(Arrays.asList(arguments))).root(options);
        CommandLine commandLine = new CommandLine(root)
                .setExpandAtFiles(false)
                .setUsageHelpWidth(Math.max(MIN_HELP_WIDTH, streams.terminal().tableColumns()));
        try {
            return run(innermost(commandLine.parseArgs(withoutDoubleHyphen(arguments))), options);
        } catch (ParameterException e) {
            streams.err().println(program + ": " + WrongWords.explained(e));
            return ExitCodes.USAGE;
        } catch (CallFailedException e) {
            new Complaints(program, streams.err()).add(e.exitCode(), String.valueOf(e.getMessage()));
            if (options.debug()) {
                e.printStackTrace(streams.err());
            }
            return e.exitCode();
        } catch (OutputClosedException e) {
            return OUTPUT_CLOSED;
        }
    }

    private int run(ParseResult parsed, Options options) throws CallFailedException, OutputClosedException {
        CommandLine command = parsed.commandSpec().commandLine();
        if (parsed.isUsageHelpRequested()) {
            command.usage(streams.out(), Ansi.OFF);
            return ExitCodes.OK;
        }
        if (!(parsed.commandSpec().userObject() instanceof ClusterCommand)) {
            command.usage(streams.err(), Ansi.OFF);
            return ExitCodes.USAGE;
        }
        return new CommandRun(program, streams, options).run(ParsedCall.of(parsed));
    }

    /** doveadm's options may end with {@code --}, after which the command comes; to picocli no command could come then. */
    private static String[] withoutDoubleHyphen(String... arguments) {
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        int command = words.indexOf(CommandCatalog.ROOT);
        if (command > 0 && words.get(command - 1).equals("--")) {
            words.remove(command - 1);
        }
        return words.toArray(String[]::new);
    }

    private static ParseResult innermost(ParseResult parsed) {
        ParseResult at = parsed;
        while (at.hasSubcommand()) {
            at = at.subcommand();
        }
        return at;
    }
}
