package org.pombal.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pombal.app.log.Logging;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsException;
import org.pombal.settings.SettingsFile;
import org.pombal.settings.SettingsResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The option {@code --config} of every command that needs settings. */
final class SettingsOption {

    static final Path USUAL_FILE = Path.of("/etc/pombal/pombal.conf");

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Settings file. Without it /etc/pombal/pombal.conf is read, if there is one.")
    private Optional<Path> file = Optional.empty();

    /**
     * Reads file and environment.
     *
     * @param needed the settings groups whose required settings must be given
     */
    Settings resolve(Map<String, String> environment, Set<String> needed) throws SettingsException {
        return new SettingsResolver(AllSettings.CATALOG).resolve(read(), environment, needed);
    }

    /** Reads file and environment, lets them set up the logging, and logs what is odd about them. */
    Settings apply(Map<String, String> environment, Set<String> needed) throws SettingsException {
        Settings settings = resolve(environment, needed);
        Logging.configure(settings);
        Logger log = LoggerFactory.getLogger(SettingsOption.class);
        settings.warnings().forEach(log::warn);
        return settings;
    }

    private SettingsFile read() {
        if (file.isPresent()) {
            return SettingsFile.read(file.get());
        }
        return Files.exists(USUAL_FILE) ? SettingsFile.read(USUAL_FILE) : SettingsFile.none();
    }
}
