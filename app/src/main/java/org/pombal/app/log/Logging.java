package org.pombal.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pombal.settings.Setting;
import org.pombal.settings.Settings;
import org.slf4j.LoggerFactory;

/** Sets logging up by code: reading an XML file would take longer than many a command. */
public final class Logging {

    private static final List<String> TALKATIVE_LIBRARIES =
            List.of("com.datastax", "com.nimbusds", "io.lettuce", "io.netty", "org.apache.cassandra", "org.sqlite");

    /** How far libraries may go that would write down requests with codes in them, and commands with passwords. */
    private static final Map<String, Level> TELLING_SECRETS =
            Map.of("io.micronaut", Level.INFO, "io.lettuce", Level.DEBUG);

    /** Whose lines belong to which of the controller's roles: packages, and classes that belong to another than their package. */
    static final Map<String, Setting<Optional<LogLevel>>> ROLES = Map.of(
            "org.pombal.controller", LogSettings.API_LEVEL,
            "org.pombal.controller.site", LogSettings.SCHEDULER_LEVEL,
            "org.pombal.controller.task.work.Scheduler", LogSettings.SCHEDULER_LEVEL,
            "org.pombal.controller.task", LogSettings.WORKER_LEVEL,
            "org.pombal.controller.automation", LogSettings.WORKER_LEVEL);

    private Logging() {}

    /** From now on logs as the settings say. */
    public static void configure(Settings settings) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        configure(context, settings);
    }

    static void configure(LoggerContext context, Settings settings) {
        configure(context, settings.get(LogSettings.FORMAT), settings.get(LogSettings.LEVEL));
        LogLevel level = settings.get(LogSettings.LEVEL);
        ROLES.forEach((name, setting) -> context.getLogger(name)
                .setLevel(Level.valueOf(settings.get(setting).orElse(level).name())));
    }

    static void configure(LoggerContext context, LogFormat format, LogLevel level) {
        LayoutBase<ILoggingEvent> layout = format == LogFormat.JSON ? new JsonLayout() : new TextLayout();
        layout.setContext(context);
        layout.start();

        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();

        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget(ConsoleTarget.SystemErr.getName());
        appender.setEncoder(encoder);
        appender.start();

        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.valueOf(level.name()));
        root.addAppender(appender);
        if (level == LogLevel.DEBUG || level == LogLevel.TRACE) {
            TELLING_SECRETS.forEach((name, most) -> context.getLogger(name).setLevel(most));
        }
        if (level == LogLevel.INFO || level == LogLevel.DEBUG) {
            TALKATIVE_LIBRARIES.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
        }
    }
}
