package org.pombal.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitedLogTest {

    @Test
    void aFloodBecomesOneLineAndACount() {
        LoggerContext context = new LoggerContext();
        Logger logger = context.getLogger("test");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        AtomicLong now = new AtomicLong();
        RateLimitedLog limited = new RateLimitedLog(logger, Duration.ofSeconds(10), now::get);

        for (int i = 0; i < 1000; i++) {
            limited.warn("auth is away: {}", i);
        }
        now.addAndGet(TimeUnit.SECONDS.toNanos(10));
        limited.warn("auth is away: {}", "still");

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("auth is away: 0", "auth is away: still");
        assertThat(lines.list.get(1).getKeyValuePairs()).hasToString("[suppressed=\"999\"]");
    }
}
