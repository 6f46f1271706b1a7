package org.pombal.app.log;

import java.util.Locale;
import java.util.Optional;
import org.pombal.settings.Setting;
import org.pombal.settings.SettingsGroup;
import org.pombal.settings.ValueType;
import org.pombal.settings.ValueTypes;

/** Settings of logging. */
public final class LogSettings {

    public static final Setting<LogFormat> FORMAT = Setting.named("log_format", ValueTypes.oneOf(LogFormat.class))
            .description("""
                    How a log line looks: text is for people, json writes one JSON object on each line for programs that
                    collect logs. Lines go to standard error, with times in UTC.
                    """)
            .withDefault(LogFormat.TEXT);

    public static final Setting<LogLevel> LEVEL = Setting.named("log_level", ValueTypes.oneOf(LogLevel.class))
            .description("""
                    How much is logged; each level contains those before it. From debug on there is a line for every login,
                    which costs. Libraries are held at warn until this is trace.
                    """)
            .withDefault(LogLevel.INFO);

    public static final Setting<Optional<LogLevel>> API_LEVEL = ofRole("API", "its API");

    public static final Setting<Optional<LogLevel>> SCHEDULER_LEVEL =
            ofRole("SCHEDULER", "which controller acts and when, the scheduler's work");

    public static final Setting<Optional<LogLevel>> WORKER_LEVEL = ofRole("WORKER", "the tasks that it carries out");

    public static final SettingsGroup GROUP = SettingsGroup.of(
            "log",
            "Logging",
            "What the program writes about its own work.",
            FORMAT,
            LEVEL,
            API_LEVEL,
            SCHEDULER_LEVEL,
            WORKER_LEVEL);

    private LogSettings() {}

    private static Setting<Optional<LogLevel>> ofRole(String role, String about) {
        return Setting.named("CONTROLLER_" + role + "_LOG_LEVEL", levelOfRole())
                .description("How much a controller logs about " + about + ". Where it is not given, log_level holds.")
                .optional();
    }

    /** Also understands the two names that Python's logging has for them. */
    private static ValueType<LogLevel> levelOfRole() {
        ValueType<LogLevel> level = ValueTypes.oneOf(LogLevel.class);
        return new ValueType<>(
                level.allowed(),
                text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "warning" -> LogLevel.WARN;
                    case "critical" -> LogLevel.ERROR;
                    default -> level.parse(text);
                },
                level.printer());
    }
}
