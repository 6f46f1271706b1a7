package org.pombal.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggingTest {

    @ParameterizedTest
    @CsvSource({
        "ERROR, ERROR, ERROR",
        "WARN, WARN, WARN",
        "INFO, INFO, WARN",
        "DEBUG, DEBUG, WARN",
        "TRACE, TRACE, TRACE"
    })
    void libraries_are_held_at_warn_until_all_is_asked_for(LogLevel asked, String ours, String libraries) {
        LoggerContext context = new LoggerContext();
        Logging.configure(context, LogFormat.TEXT, asked);
        assertThat(context.getLogger("org.pombal.node.Node").getEffectiveLevel())
                .isEqualTo(Level.valueOf(ours));
        assertThat(context.getLogger("com.datastax.oss.driver").getEffectiveLevel())
                .isEqualTo(Level.valueOf(libraries));
        for (String library : List.of("io.netty.channel", "com.nimbusds.jose")) {
            assertThat(context.getLogger(library).getEffectiveLevel()).isEqualTo(Level.valueOf(libraries));
        }
    }

    /** They would show passwords and codes. */
    @ParameterizedTest
    @CsvSource({"DEBUG, WARN", "TRACE, DEBUG"})
    void libraries_that_tell_secrets_are_held_back_even_then(LogLevel asked, String redis) {
        LoggerContext context = new LoggerContext();
        Logging.configure(context, LogFormat.TEXT, asked);
        assertThat(context.getLogger("io.lettuce.core.protocol.CommandEncoder").getEffectiveLevel())
                .isEqualTo(Level.valueOf(redis));
        assertThat(context.getLogger("io.micronaut.context.event.ApplicationEventPublisher")
                        .getEffectiveLevel())
                .isEqualTo(Level.INFO);
    }

    @ParameterizedTest
    @CsvSource({
        "CONTROLLER_API_LOG_LEVEL, org.pombal.controller.security.FailedLogins",
        "CONTROLLER_SCHEDULER_LOG_LEVEL, org.pombal.controller.site.Leadership",
        "CONTROLLER_SCHEDULER_LOG_LEVEL, org.pombal.controller.task.work.Scheduler",
        "CONTROLLER_WORKER_LOG_LEVEL, org.pombal.controller.task.work.Worker",
        "CONTROLLER_WORKER_LOG_LEVEL, org.pombal.controller.automation.LoadBalancing",
    })
    void each_role_of_the_controller_may_have_a_level_of_its_own(String setting, String logger) throws Exception {
        LoggerContext context = new LoggerContext();
        Logging.configure(context, LogSettingsTest.resolve(Map.of("LOG_LEVEL", "warn", setting, "debug")));
        assertThat(context.getLogger(logger).getEffectiveLevel()).isEqualTo(Level.DEBUG);
        assertThat(context.getLogger("org.pombal.geodb.Anything").getEffectiveLevel())
                .isEqualTo(Level.WARN);
        assertThat(Stream.of(
                                "org.pombal.controller.security.FailedLogins",
                                "org.pombal.controller.site.Leadership",
                                "org.pombal.controller.task.work.Worker")
                        .filter(name -> context.getLogger(name).getEffectiveLevel() == Level.DEBUG))
                .hasSize(1);
    }

    @Test
    void what_belongs_to_a_role_is_there() {
        assertThat(Logging.ROLES.keySet()).allSatisfy(name -> {
            String path = name.replace('.', '/');
            assertThat(Stream.of(path + ".class", path + "/package-info.class")
                            .map(getClass().getClassLoader()::getResource))
                    .as(name)
                    .anyMatch(Objects::nonNull);
        });
    }

    @Test
    void the_levels_of_python_are_understood_for_the_roles() throws Exception {
        LoggerContext context = new LoggerContext();
        Logging.configure(context, LogSettingsTest.resolve(Map.of("CONTROLLER_API_LOG_LEVEL", "WARNING")));
        assertThat(context.getLogger("org.pombal.controller.Controller").getEffectiveLevel())
                .isEqualTo(Level.WARN);
    }

    @Test
    void logback_finds_the_configuration_by_itself() {
        assertThat(ServiceLoader.load(Configurator.class)).hasAtLeastOneElementOfType(LogConfigurator.class);
    }
}
