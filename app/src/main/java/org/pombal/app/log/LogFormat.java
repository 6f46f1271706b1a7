package org.pombal.app.log;

import java.util.Locale;

/** How a log line looks. */
public enum LogFormat {
    /** For people: time, level, thread, logger, message, then {@code key=value} pairs. */
    TEXT,
    /** For programs: one JSON object on a line. */
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
