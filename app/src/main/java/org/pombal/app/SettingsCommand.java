package org.pombal.app;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pombal.settings.Origin;
import org.pombal.settings.ReferencePage;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsException;
import org.pombal.settings.SettingsFile;
import org.pombal.settings.SettingsResolver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pombal settings}: looks at settings without starting anything. */
@Command(name = "settings", description = "Shows and checks settings.", synopsisSubcommandLabel = "COMMAND")
final class SettingsCommand {

    private final PrintWriter out;
    private final Map<String, String> environment;

    SettingsCommand(PrintWriter out, Map<String, String> environment) {
        this.out = requireNonNull(out, "out is null");
        this.environment = Map.copyOf(environment);
    }

    @Command(description = "Prints the settings in force and where each comes from.")
    int show(
            @Mixin SettingsOption option,
            @Option(names = "--given", description = "Leaves out what is at its default.") boolean givenOnly)
            throws SettingsException {
        Settings settings = option.resolve(environment, Set.of());
        settings.warnings().forEach(warning -> out.println("# warning: " + warning));
        List<Settings.InForce> lines = settings.inForce().stream()
                .filter(line -> !givenOnly || !(line.origin() instanceof Origin.Default))
                .toList();
        lines.forEach(line -> out.println(line.name() + " = " + line.value() + "  # " + line.origin()));
        return ExitCode.OK;
    }

    @Command(description = "Says whether a settings file is good, whatever the environment sets.")
    int check(@Parameters(paramLabel = "FILE", description = "The settings file.") Path file) throws SettingsException {
        Settings settings =
                new SettingsResolver(AllSettings.CATALOG).resolve(SettingsFile.read(file), Map.of(), Set.of());
        settings.warnings().forEach(warning -> out.println("warning: " + warning));
        out.println(file + " is good");
        return ExitCode.OK;
    }

    @Command(description = "Prints the reference page of all settings, in Markdown.")
    int reference() {
        out.print(new ReferencePage(AllSettings.CATALOG).markdown());
        return ExitCode.OK;
    }
}
