package org.pombal.app.log;

import org.pombal.settings.Setting;
import org.pombal.settings.SettingsGroup;
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

    public static final SettingsGroup GROUP =
            SettingsGroup.of("log", "Logging", "What the program writes about its own work.", FORMAT, LEVEL);

    private LogSettings() {}
}
