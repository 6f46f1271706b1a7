package org.pombal.model.backend;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A host name as RFC 1123 section 2.1 allows it, in lower case and without a trailing dot. An IP address is refused:
 * certificates are checked against the name, and an address may change.
 */
public record HostName(String value) {

    private static final int MAX_LENGTH = 253;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern DOTTED_DIGITS = Pattern.compile("[0-9.]+");

    /** @throws IllegalArgumentException if the text is an IP address or not a host name, naming the text */
    public HostName {
        requireNonNull(value, "value is null");
        value = value.toLowerCase(Locale.ROOT);
        if (value.endsWith(".")) {
            value = value.substring(0, value.length() - 1);
        }
        if (value.indexOf(':') >= 0 || DOTTED_DIGITS.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is an IP address; a host name is needed");
        }
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a host name has 1 to " + MAX_LENGTH + " characters, not " + value.length());
        }
        for (String label : value.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                throw new IllegalArgumentException("'" + value + "' is not a host name (RFC 1123)");
            }
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
