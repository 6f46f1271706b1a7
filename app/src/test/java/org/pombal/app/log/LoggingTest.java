package org.pombal.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import java.util.ServiceLoader;
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
        assertThat(context.getLogger("io.netty.channel").getEffectiveLevel()).isEqualTo(Level.valueOf(libraries));
    }

    @Test
    void logback_finds_the_configuration_by_itself() {
        assertThat(ServiceLoader.load(Configurator.class)).hasAtLeastOneElementOfType(LogConfigurator.class);
    }
}
