package org.pombal.commands;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What names may look like. */
final class Texts {

    static final int MAX_USER_BYTES = 512;

    private static final char UNREADABLE = '\uFFFD';
    private static final int MAX_HOST_LENGTH = 253;
    private static final Pattern HOST_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern DOTTED_DIGITS = Pattern.compile("[0-9.]+");
    private static final Pattern IPV4_NUMBER = Pattern.compile("25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9]");
    private static final Pattern IPV6_CHARACTERS = Pattern.compile("(?=.*:.*:)[0-9a-fA-F:.]{2,45}");

    private Texts() {}

    /**
     * Whether there are no control characters in it and no replacement character: bytes that are not UTF-8 have become
     * that on their way here, and would be another name.
     */
    static boolean isReadable(String text, int maxLength) {
        return text.length() <= maxLength && text.chars().noneMatch(c -> Character.isISOControl(c) || c == UNREADABLE);
    }

    static boolean isUserName(String text) {
        return !text.isEmpty()
                && isReadable(text, MAX_USER_BYTES)
                && text.getBytes(StandardCharsets.UTF_8).length <= MAX_USER_BYTES;
    }

    static boolean isHostName(String text) {
        String host = text.toLowerCase(Locale.ROOT);
        if (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        if (host.length() > MAX_HOST_LENGTH || DOTTED_DIGITS.matcher(host).matches()) {
            return false;
        }
        for (String label : host.split("\\.", -1)) {
            if (!HOST_LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }

    /** Whether it looks like an address; of IPv6 only the characters are looked at, resolving it is left to its user. */
    static boolean isAddress(String text) {
        String[] numbers = text.split("\\.", -1);
        boolean ipv4 = numbers.length == 4;
        for (String number : numbers) {
            ipv4 &= IPV4_NUMBER.matcher(number).matches();
        }
        return ipv4 || IPV6_CHARACTERS.matcher(text).matches();
    }

    /** The users of a file's content: one a line, blank lines left out, blanks around a name not part of it. */
    static List<String> lines(String content) {
        return content.lines()
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .toList();
    }
}
