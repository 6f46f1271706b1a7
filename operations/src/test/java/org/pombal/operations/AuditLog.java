package org.pombal.operations;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What was written down about who changed what. */
final class AuditLog {

    private AuditLog() {}

    /** What the log says of this work. */
    static List<String> of(Runnable work) {
        Logger log = (Logger) LoggerFactory.getLogger("org.pombal.audit");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        try {
            work.run();
        } finally {
            log.detachAppender(lines);
        }
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
