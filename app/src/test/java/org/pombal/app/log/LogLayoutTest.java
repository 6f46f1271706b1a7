package org.pombal.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.spi.LoggingEventBuilder;

class LogLayoutTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:20:30.120Z");

    private static String lay(Layout<ILoggingEvent> layout, Consumer<LoggingEventBuilder> logging) {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        Logger logger = context.getLogger("org.pombal.node.Relay");
        logger.addAppender(appender);
        logging.accept(logger.atWarn());
        ILoggingEvent event = appender.list.get(0);
        ((LoggingEvent) event).setInstant(NOW);
        return layout.doLayout(event);
    }

    private static String text(Consumer<LoggingEventBuilder> logging) {
        return lay(new TextLayout(), logging);
    }

    private static String json(Consumer<LoggingEventBuilder> logging) {
        return lay(new JsonLayout(), logging);
    }

    @Test
    void a_text_line_has_utc_time_level_thread_logger_message_and_pairs() {
        String line = text(event -> event.addKeyValue("session", "a+b/c")
                .addKeyValue("attempts", 3)
                .addKeyValue("reason", "no answer")
                .log("connection to {} lost", "auth"));
        assertThat(line)
                .isEqualTo("2026-11-22T10:20:30.120Z WARN  ["
                        + Thread.currentThread().getName()
                        + "] Relay: connection to auth lost session=a+b/c attempts=3 reason=\"no answer\"\n");
    }

    @Test
    void nothing_logged_can_begin_a_text_line_of_its_own() {
        String line = text(event -> event.addKeyValue("user", "eve\r\n2026 INFO forged")
                .addKeyValue("empty", "")
                .log("a\nb\u0007"));
        assertThat(line)
                .hasLineCount(1)
                .endsWith("Relay: a\\nb\\u0007 user=\"eve\\u000d\\n2026 INFO forged\" empty=\"\"\n");
    }

    @Test
    void quotes_in_a_text_value_are_escaped() {
        assertThat(text(event -> event.addKeyValue("user", "a\"b\\c").log("m"))).endsWith("user=\"a\\\"b\\\\c\"\n");
    }

    @Test
    void a_stack_trace_follows_its_text_line() {
        String lines =
                text(event -> event.setCause(new IllegalStateException("oops")).log("m"));
        assertThat(lines).contains("Relay: m\njava.lang.IllegalStateException: oops\n\tat ");
    }

    @Test
    void a_json_line_is_one_object() {
        String line = json(event -> event.addKeyValue("attempts", 3)
                .addKeyValue("known", true)
                .addKeyValue("after", Duration.ofSeconds(1))
                .log("lost"));
        assertThat(line)
                .isEqualTo("{\"time\":\"2026-11-22T10:20:30.120Z\",\"level\":\"WARN\",\"thread\":\""
                        + Thread.currentThread().getName()
                        + "\",\"logger\":\"org.pombal.node.Relay\",\"message\":\"lost\",\"attempts\":3,\"known\":true,"
                        + "\"after\":\"PT1S\"}\n");
    }

    @Test
    void json_text_is_escaped() {
        assertThat(json(event -> event.log("a\"b\\c\n\t\u0001\uD83D\uDE00\uDC00")))
                .contains("\"message\":\"a\\\"b\\\\c\\n\\t\\u0001\uD83D\uDE00\\udc00\"");
    }

    @Test
    void a_pair_cannot_replace_a_member_of_ours() {
        assertThat(json(event -> event.addKeyValue("level", "forged").log("m")))
                .contains("\"level\":\"WARN\"", "\"level_\":\"forged\"");
    }

    @Test
    void a_missing_value_is_written_as_null() {
        assertThat(text(event -> event.addKeyValue("user", (Object) null).log("m")))
                .endsWith(" user=null\n");
    }
}
