package org.pombal.app;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.Map;
import org.pombal.cli.CommandSpecs;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

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
            sortOptions = false,
            footer = {
                "",
                "Exit codes are those of sysexits.h: 64 wrong usage, 69 something is not there,",
                "75 try again later, 78 wrong settings."
            })
    @SuppressWarnings("UnusedVariable") // picocli looks at the options itself
    private static final class Root {

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                scope = ScopeType.INHERIT,
                description = "Shows this help.")
        private boolean help;

        @Option(names = "--version", versionHelp = true, description = "Shows the version.")
        private boolean version;
    }

    /** Runs one command and returns its exit code. */
    public int run(String... arguments) {
        if (arguments.length > 0 && arguments[0].equals(ClusterCommand.NAME)) {
            return org.pombal.cli.Main.run(arguments);
        }
        CommandLine commandLine = commandLine(new ClusterCommand());
        commandLine
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExitCodeExceptionMapper(thrown -> ExitCode.SOFTWARE)
                .setParameterExceptionHandler((wrong, given) -> explain(wrong))
                .setExecutionExceptionHandler(new FailureReport(err));
        commandLine.getCommandSpec().version(VersionCommand.lines());
        if (arguments.length == 0) {
            commandLine.usage(err);
            return ExitCode.USAGE;
        }
        return commandLine.execute(arguments);
    }

    /** @param cluster the command of that name: only completion needs all that is below it */
    private CommandLine commandLine(Object cluster) {
        return new CommandLine(new Root())
                .addSubcommand(new CommandLine(new GeoDbCommand())
                        .addSubcommand(new GeoDbStartCommand(out, environment))
                        .addSubcommand(new GeoDbInitCommand(out, environment))
                        .addSubcommand(new GeoDbStatusCommand(out, environment)))
                .addSubcommand(new DemoCommand(out))
                .addSubcommand(new NodeCommand(environment))
                .addSubcommand(new ControllerCommand(out, environment))
                .addSubcommand(new CheckCommand(out, environment))
                .addSubcommand(new DovecotConfigCommand(out))
                .addSubcommand(new SettingsCommand(out, environment))
                .addSubcommand(
                        new CommandLine(new ExportCommand()).addSubcommand(new ExportRoutesCommand(err, environment)))
                .addSubcommand(ClusterCommand.NAME, cluster)
                .addSubcommand(new CompletionCommand(out, () -> commandLine(CommandSpecs.cluster("pombal"))))
                .addSubcommand(new VersionCommand(out));
    }

    private int explain(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        err.println("pombal: " + wrong.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }
}
