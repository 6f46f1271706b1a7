package org.pombal.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Host names and addresses by their look alone; nothing is resolved. */
final class Hosts {

    private static final int MAX_NAME_LENGTH = 253;
    private static final Pattern NAME = Pattern.compile(
            "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\\.?", Pattern.CASE_INSENSITIVE);
    private static final Pattern DOTTED_DIGITS = Pattern.compile("[0-9.]+");
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)");

    private Hosts() {}

    static String parse(String text) {
        if (text.indexOf(':') >= 0) {
            return parseIpv6(text);
        }
        if (DOTTED_DIGITS.matcher(text).matches()) {
            if (!IPV4.matcher(text).matches()) {
                throw new IllegalArgumentException("'" + text + "' is not an IPv4 address");
            }
            return text;
        }
        if (text.length() > MAX_NAME_LENGTH || !NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is neither a host name (RFC 1123) nor an address");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private static String parseIpv6(String text) {
        try {
            // In brackets the JDK takes it for an address or refuses it; it never asks a name server.
            InetAddress address = InetAddress.getByName("[" + text + "]");
            return text.indexOf('%') >= 0 ? text : address.getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + text + "' is not an IPv6 address", e);
        }
    }
}
