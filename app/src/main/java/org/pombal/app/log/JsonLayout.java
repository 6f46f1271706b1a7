package org.pombal.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A line for programs: one JSON object (RFC 8259) with {@code time}, {@code level}, {@code thread}, {@code logger},
 * {@code message}, the event's own keys, and {@code stack} if something was thrown. A key of the event that is called
 * like one of these gets an underscore behind it.
 */
final class JsonLayout extends LayoutBase<ILoggingEvent> {

    @Override
    public String doLayout(ILoggingEvent event) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("time", Instant.ofEpochMilli(event.getTimeStamp()));
        members.put("level", event.getLevel());
        members.put("thread", event.getThreadName());
        members.put("logger", event.getLoggerName());
        members.put("message", event.getFormattedMessage());
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            members.put("stack", ThrowableProxyUtil.asString(thrown));
        }
        LogFields.of(event).forEach((key, value) -> members.put(members.containsKey(key) ? key + "_" : key, value));
        return members.entrySet().stream()
                .map(member -> quoted(member.getKey()) + ":" + json(member.getValue()))
                .collect(Collectors.joining(",", "{", "}\n"));
    }

    private static String json(Object value) {
        boolean unquoted = value instanceof Integer || value instanceof Long || value instanceof Boolean;
        return unquoted ? value.toString() : quoted(value.toString());
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ' || (Character.isSurrogate(c) && !isPaired(text, i))) {
                        quoted.append(String.format("\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    private static boolean isPaired(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
}
