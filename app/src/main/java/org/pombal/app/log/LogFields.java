package org.pombal.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/** The key and value pairs of a log event. */
final class LogFields {

    private LogFields() {}

    /** Those of the thread's context first, then the event's own, which win; a missing value is the text "null". */
    static Map<String, Object> of(ILoggingEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>(event.getMDCPropertyMap());
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                fields.put(pair.key, pair.value == null ? "null" : pair.value);
            }
        }
        return fields;
    }
}
