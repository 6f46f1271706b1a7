package org.pombal.dovecot.config;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * An address or a network, as {@code 192.0.2.7}, {@code 192.0.2.0/24} or {@code 2001:db8::/32}.
 *
 * <p>Only the form is checked here; Dovecot checks the rest when it starts.
 */
public record Network(String text) {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}(/\\d{1,2})?");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(/\\d{1,3})?");

    /** @throws IllegalArgumentException naming the text */
    public Network {
        requireNonNull(text, "text is null");
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither an IP address nor a network such as 192.0.2.0/24 or 2001:db8::/32");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
