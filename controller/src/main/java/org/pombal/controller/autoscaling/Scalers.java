package org.pombal.controller.autoscaling;

import static org.pombal.controller.settings.AutoscalerSettings.CLASS;
import static org.pombal.controller.settings.AutoscalerSettings.COMMAND;
import static org.pombal.controller.settings.AutoscalerSettings.JAR;
import static org.pombal.controller.settings.AutoscalerSettings.SCALER;
import static org.pombal.controller.settings.AutoscalerSettings.TIMEOUT;
import static org.pombal.controller.settings.AutoscalerSettings.URL;

import java.time.Duration;
import java.util.Optional;
import org.pombal.settings.Settings;

/** Makes the scaler that the settings name. */
public final class Scalers {

    private Scalers() {}

    /** Empty for the one that follows load, which is a rule of the model and can neither hang nor fail. */
    public static Optional<TimedScaler> of(Settings settings) {
        Duration limit = settings.get(TIMEOUT);
        return switch (settings.get(SCALER)) {
            case LOAD -> Optional.empty();
            case DEFAULT -> timed("default", Autoscaler.DEFAULT, limit);
            case CLASS -> {
                String name = settings.get(CLASS).orElseThrow();
                yield timed(name, new ClassScaler(settings.get(JAR).orElseThrow(), name), limit);
            }
            case COMMAND -> {
                Program program = new Program(settings.get(COMMAND).orElseThrow(), limit, Program.Leftovers.KILL);
                yield timed(
                        settings.get(COMMAND).orElseThrow().toString(),
                        site -> SiteDocument.number(program.run(SiteDocument.of(site), site.site())),
                        limit);
            }
            case HTTP ->
                timed(
                        settings.get(URL).orElseThrow().toString(),
                        new HttpScaler(settings.get(URL).orElseThrow(), limit),
                        limit);
        };
    }

    private static Optional<TimedScaler> timed(String name, Autoscaler scaler, Duration limit) {
        return Optional.of(new TimedScaler(name, scaler, limit));
    }
}
