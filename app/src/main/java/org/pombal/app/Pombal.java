package org.pombal.app;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/** The {@code pombal} command line: its commands, and what its user sees of a failure. */
public final class Pombal {

    private final PrintWriter out;
    private final PrintWriter err;
    private final Map<String, String> environment;

    /** @param environment names and values, as {@link System#getenv()} gives them */
    public Pombal(PrintWriter out, PrintWriter err, Map<String, String> environment) {
        this.out = requireNonNull(out, "out is null");
        this.err = requireNonNull(err, "err is null");
        this.environment = Map.copyOf(environment);
    }

    @Command(
            name = "pombal",
            description = "Cluster service for Dovecot.",
            synopsisSubcommandLabel = "COMMAND",
            subcommands = HelpCommand.class,
            sortOptions = false,
            footer = {
                "",
                "Exit codes are those of sysexits.h: 64 wrong usage, 69 something is not there,",
                "75 try again later, 78 wrong settings."
            })
    private static final class Root {}

    /** Runs one command and returns its exit code. */
    public int run(String... arguments) {
        CommandLine commandLine = new CommandLine(new Root())
                .addSubcommand(new SettingsCommand(out, environment))
                .addSubcommand(new VersionCommand(out));
        commandLine
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExitCodeExceptionMapper(thrown -> ExitCode.SOFTWARE)
                .setParameterExceptionHandler((wrong, given) -> explain(wrong))
                .setExecutionExceptionHandler(new FailureReport(err));
        if (arguments.length == 0) {
            commandLine.usage(err);
            return ExitCode.USAGE;
        }
        return commandLine.execute(arguments);
    }

    private int explain(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        err.println("pombal: " + wrong.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }
}
