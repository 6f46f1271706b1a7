package org.pombal.controller.settings;

import static org.pombal.controller.settings.AutoscalerSettings.ACTUATOR;
import static org.pombal.controller.settings.AutoscalerSettings.ACTUATOR_COMMAND;
import static org.pombal.controller.settings.AutoscalerSettings.BACKEND_NAME;
import static org.pombal.controller.settings.AutoscalerSettings.CLASS;
import static org.pombal.controller.settings.AutoscalerSettings.COMMAND;
import static org.pombal.controller.settings.AutoscalerSettings.INTERVAL;
import static org.pombal.controller.settings.AutoscalerSettings.JAR;
import static org.pombal.controller.settings.AutoscalerSettings.LIMIT;
import static org.pombal.controller.settings.AutoscalerSettings.MAX;
import static org.pombal.controller.settings.AutoscalerSettings.METRIC;
import static org.pombal.controller.settings.AutoscalerSettings.MIN;
import static org.pombal.controller.settings.AutoscalerSettings.PER_BACKEND;
import static org.pombal.controller.settings.AutoscalerSettings.SCALER;
import static org.pombal.controller.settings.AutoscalerSettings.STATEFUL_SET;
import static org.pombal.controller.settings.AutoscalerSettings.TARGET;
import static org.pombal.controller.settings.AutoscalerSettings.URL;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.pombal.model.scale.BackendNames;
import org.pombal.model.scale.LoadRules;
import org.pombal.model.scale.ScaleRules;
import org.pombal.model.scale.ScaleSchedule;
import org.pombal.model.scale.ScalerAnswer;
import org.pombal.settings.Setting;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsRule;

/** What must hold between the settings of autoscaling, and the rules that come of them. */
public final class AutoscalerRules {

    /** So many decisions may be missing before what was wanted is forgotten. */
    private static final int MISSING = 10;

    private static final Duration SHORTEST_GAP = Duration.ofMinutes(5);

    private AutoscalerRules() {}

    static SettingsRule[] all() {
        return new SettingsRule[] {
            new SettingsRule(List.of(SCALER, MAX), AutoscalerRules::scalersNeedAMost),
            new SettingsRule(List.of(MIN, MAX), AutoscalerRules::leastIsNotAboveMost),
            new SettingsRule(List.of(SCALER, CLASS, JAR, COMMAND, URL), AutoscalerRules::scalerIsThere),
            new SettingsRule(
                    List.of(ACTUATOR, ACTUATOR_COMMAND, STATEFUL_SET, BACKEND_NAME), AutoscalerRules::actuatorIsThere),
            new SettingsRule(List.of(METRIC, PER_BACKEND), AutoscalerRules::sessionsNeedASize),
            new SettingsRule(List.of(TARGET, LIMIT), AutoscalerRules::targetIsBelowLimit)
        };
    }

    private static Optional<String> scalersNeedAMost(Settings settings) {
        return settings.get(SCALER) != ScalerKind.DEFAULT && settings.get(MAX).isEmpty()
                ? Optional.of("AUTOSCALER = " + settings.get(SCALER)
                        + " needs AUTOSCALER_MAX: how many backends there may be at most")
                : Optional.empty();
    }

    private static Optional<String> leastIsNotAboveMost(Settings settings) {
        return settings.get(MAX)
                .filter(most -> most < settings.get(MIN))
                .map(most -> "AUTOSCALER_MIN is above AUTOSCALER_MAX");
    }

    private static Optional<String> scalerIsThere(Settings settings) {
        return switch (settings.get(SCALER)) {
            case DEFAULT, LOAD -> Optional.empty();
            case CLASS -> needed(settings, "AUTOSCALER = class", CLASS, JAR);
            case COMMAND -> needed(settings, "AUTOSCALER = command", COMMAND);
            case HTTP -> needed(settings, "AUTOSCALER = http", URL);
        };
    }

    private static Optional<String> actuatorIsThere(Settings settings) {
        return switch (settings.get(ACTUATOR)) {
            case NONE -> Optional.empty();
            case COMMAND -> needed(settings, "AUTOSCALER_ACTUATOR = command", ACTUATOR_COMMAND, BACKEND_NAME);
            case KUBERNETES -> needed(settings, "AUTOSCALER_ACTUATOR = kubernetes", STATEFUL_SET, BACKEND_NAME);
        };
    }

    @SafeVarargs
    private static Optional<String> needed(Settings settings, String choice, Setting<? extends Optional<?>>... all) {
        List<String> missing = new ArrayList<>();
        for (Setting<? extends Optional<?>> one : all) {
            if (settings.get(one).isEmpty()) {
                missing.add(one.name());
            }
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of(choice + " needs " + String.join(" and ", missing));
    }

    private static Optional<String> sessionsNeedASize(Settings settings) {
        return settings.get(METRIC) != LoadRules.Metric.CPU
                        && settings.get(PER_BACKEND).isEmpty()
                ? Optional.of("AUTOSCALER_METRIC = " + settings.get(METRIC)
                        + " needs AUTOSCALER_SESSIONS_PER_BACKEND: how many a backend can carry")
                : Optional.empty();
    }

    private static Optional<String> targetIsBelowLimit(Settings settings) {
        return settings.get(LIMIT) < settings.get(TARGET)
                ? Optional.of("AUTOSCALER_LIMIT is below AUTOSCALER_TARGET: nothing would ever be taken away")
                : Optional.empty();
    }

    public static ScaleRules of(Settings settings) {
        Optional<Integer> perBackend = settings.get(PER_BACKEND);
        Duration gap = settings.get(INTERVAL).multipliedBy(MISSING);
        return new ScaleRules(
                settings.get(MIN),
                settings.get(MAX).orElse(ScalerAnswer.MOST),
                new ScaleSchedule(
                        settings.get(AutoscalerSettings.TIME_ZONE),
                        settings.get(AutoscalerSettings.SCHEDULE).orElse(List.of())),
                new LoadRules(
                        settings.get(METRIC),
                        settings.get(TARGET),
                        settings.get(AutoscalerSettings.SLACK),
                        settings.get(LIMIT),
                        perBackend.isPresent() ? OptionalDouble.of(perBackend.get()) : OptionalDouble.empty()),
                settings.get(AutoscalerSettings.PAUSE),
                settings.get(AutoscalerSettings.LOW_FOR),
                settings.get(AutoscalerSettings.STEP),
                settings.get(AutoscalerSettings.START_LIMIT),
                settings.get(AutoscalerSettings.UP_FOR),
                gap.compareTo(SHORTEST_GAP) < 0 ? SHORTEST_GAP : gap,
                settings.get(BACKEND_NAME)
                        .map(name -> new BackendNames(name, settings.get(AutoscalerSettings.FIRST_NUMBER))));
    }
}
