package org.pombal.settings;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a settings file:
 *
 * <pre>
 * line    = [ name "=" value ] [ comment ]
 * value   = bare | '"' quoted '"' | "'" quoted "'" | "&lt;" path
 * comment = "#" anything                     at the line's start or after a space
 * </pre>
 *
 * <p>Between quotes, {@code \"}, {@code \'} and {@code \\} stand for the second character. A value that begins with
 * {@code <} is the content of that file; a relative path starts at the folder of the settings file.
 *
 * <p>Messages never repeat a line's value: it may be a secret whose name was misspelt.
 */
final class SettingsLine {

    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z][A-Za-z0-9_]*)\\s*=\\s*(.*)");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");

    record Entry(String name, RawValue value, Origin.Line origin) {}

    private SettingsLine() {}

    /** @throws IllegalArgumentException with the reason, when the line is none of a settings file */
    static Optional<Entry> parse(String line, Origin.Line origin) {
        String content = line.strip();
        if (content.isEmpty() || content.startsWith("#")) {
            return Optional.empty();
        }
        Matcher assignment = ASSIGNMENT.matcher(content);
        if (!assignment.matches()) {
            throw new IllegalArgumentException(
                    content.endsWith("{") || content.startsWith("}") || content.startsWith("!")
                            ? "sections and includes are not known here; a line is: name = value"
                            : "a line is: name = value, and this one is not");
        }
        return Optional.of(new Entry(assignment.group(1), value(assignment.group(2), origin), origin));
    }

    private static RawValue value(String text, Origin.Line origin) {
        if (text.startsWith("\"") || text.startsWith("'")) {
            return new RawValue.Literal(unquoted(text));
        }
        String bare = COMMENT.matcher(text).replaceFirst("").strip();
        if (bare.startsWith("<")) {
            Path file = Path.of(bare.substring(1).strip());
            return new RawValue.Contents(origin.file().toAbsolutePath().resolveSibling(file));
        }
        return new RawValue.Literal(bare);
    }

    private static String unquoted(String text) {
        char quote = text.charAt(0);
        StringBuilder value = new StringBuilder();
        int at = 1;
        while (at < text.length() && text.charAt(at) != quote) {
            boolean escaped = text.charAt(at) == '\\' && at + 1 < text.length();
            value.append(text.charAt(escaped ? at + 1 : at));
            at += escaped ? 2 : 1;
        }
        if (at >= text.length()) {
            throw new IllegalArgumentException("the quote that begins the value is not closed");
        }
        String rest = text.substring(at + 1);
        if (!rest.isBlank() && !COMMENT.matcher(rest).lookingAt()) {
            throw new IllegalArgumentException("there is text after the closing quote");
        }
        return value.toString();
    }
}
