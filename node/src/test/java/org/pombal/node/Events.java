package org.pombal.node;

import static java.util.stream.Collectors.joining;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** The events of a package while this is open, each as its fields in the order in which they are logged: "event=... group=...". */
public final class Events implements AutoCloseable {

    private final Logger logger;
    private final Level level;
    private final Set<String> fields;
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    /** @param fields which are of interest, besides the name of the event */
    public Events(String packageName, String... fields) {
        this.logger = (Logger) LoggerFactory.getLogger(packageName);
        this.level = logger.getLevel();
        this.fields = Set.of(fields);
        appender.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
    }

    public List<String> all() {
        return List.copyOf(appender.list).stream()
                .filter(event -> event.getKeyValuePairs() != null)
                .map(event -> event.getKeyValuePairs().stream()
                        .filter(pair -> pair.key.equals("event") || fields.contains(pair.key))
                        .map(pair -> pair.key + "=" + pair.value)
                        .collect(joining(" ")))
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(level);
    }
}
