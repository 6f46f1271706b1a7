package org.pombal.model.scale;

import static java.util.Objects.requireNonNull;
import static org.pombal.model.parameter.Range.check;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pombal.model.backend.HostName;

/**
 * What the backends are called that a platform starts and stops: alike but for a number, as the pods of a StatefulSet are. Other backends of a
 * site carry load as these do, and are never started or removed.
 *
 * @param pattern a host name with {@value #NUMBER} in place of the number, such as {@code dovecot-%{number}.dovecot.mail.svc}
 * @param first the number of the first, 0 to 10,000; a StatefulSet begins with 0
 */
public record BackendNames(String pattern, int first) {

    public static final String NUMBER = "%{number}";

    private static final int MOST_DIGITS = 5;

    /** @throws IllegalArgumentException without exactly one {@value #NUMBER}, or if no host name comes of it */
    public BackendNames {
        requireNonNull(pattern, "pattern is null");
        check("first", first, 0, 10_000);
        int at = pattern.indexOf(NUMBER);
        if (at < 0 || pattern.indexOf(NUMBER, at + 1) >= 0) {
            throw new IllegalArgumentException("'" + pattern + "' does not have " + NUMBER + " in it once");
        }
        String example = new HostName(pattern.replace(NUMBER, "0")).value();
        if (!example.equals(pattern.replace(NUMBER, "0"))) {
            throw new IllegalArgumentException("'" + pattern + "' has capitals, or a dot at its end");
        }
    }

    public HostName host(int number) {
        return new HostName(pattern.replace(NUMBER, Integer.toString(number)));
    }

    /** The number in a name; empty for a name of another kind, or one below the first. */
    public OptionalInt number(HostName host) {
        int at = pattern.indexOf(NUMBER);
        Matcher matcher = Pattern.compile(Pattern.quote(pattern.substring(0, at)) + "(0|[1-9][0-9]*)"
                        + Pattern.quote(pattern.substring(at + NUMBER.length())))
                .matcher(host.value());
        if (!matcher.matches() || matcher.group(1).length() > MOST_DIGITS) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(matcher.group(1));
        return number < first ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** How many there are if the one with the number is the last, as none is left out. */
    public int countUpTo(int number) {
        return number - first + 1;
    }
}
