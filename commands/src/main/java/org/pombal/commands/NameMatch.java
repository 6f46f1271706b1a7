package org.pombal.commands;

/**
 * Compares names of commands and parameters as doveadm does: the words may be joined by a space, by a hyphen, or by writing
 * the next word with a capital. {@code "cluster backend add"}, {@code "cluster-backend-add"} and {@code clusterBackendAdd}
 * are one name; otherwise case counts.
 *
 * <p>Source: {@code i_strccdascmp()} in Dovecot's {@code src/doveadm/doveadm-util.c}.
 */
public final class NameMatch {

    private NameMatch() {}

    /** @param name words joined by spaces or hyphens */
    public static boolean matches(String name, String given) {
        int n = 0;
        int g = 0;
        while (n < name.length() && g < given.length()) {
            char c = name.charAt(n);
            char d = given.charAt(g);
            if (joins(c) && !joins(d)) {
                n++;
                if (n == name.length() || upperCase(name.charAt(n)) != d) {
                    return false;
                }
            } else if (joins(d) && !joins(c)) {
                g++;
                if (g == given.length() || upperCase(given.charAt(g)) != c) {
                    return false;
                }
            } else if (c != d && !joins(c)) {
                return false;
            }
            n++;
            g++;
        }
        return n == name.length() && g == given.length();
    }

    /** The name as doveadm's HTTP API lists it: {@code cluster backend add} is {@code clusterBackendAdd}. */
    public static String camelCase(String name) {
        StringBuilder camel = new StringBuilder(name.length());
        boolean wordBegins = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (joins(c)) {
                wordBegins = true;
            } else {
                camel.append(wordBegins ? upperCase(c) : c);
                wordBegins = false;
            }
        }
        return camel.toString();
    }

    private static boolean joins(char c) {
        return c == ' ' || c == '-';
    }

    /** ASCII only, as Dovecot's. */
    private static char upperCase(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - ('a' - 'A')) : c;
    }
}
