package org.pombal.dovecot.config;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Lines of Dovecot's configuration, with values that cannot change the meaning of what stands around them. */
final class Setting {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._+,@:=<-]+");

    private Setting() {}

    /** {@code name = value} */
    static String line(String name, String value) {
        requirePlain(name, value);
        return name + " = " + value;
    }

    private static void requirePlain(String name, String value) {
        if (!PLAIN.matcher(requireNonNull(value, "value is null")).matches()) {
            throw new IllegalArgumentException("'" + value + "' cannot be the value of " + name
                    + ": it may have letters, digits and / . _ + , @ : = - only");
        }
    }

    /** {@code name = path} */
    static String line(String name, Path path) {
        return line(name, requireUsable(name, path).toString());
    }

    /** @throws IllegalArgumentException if the path cannot stand in a configuration file */
    static Path requireUsable(String name, Path path) {
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException(
                    "'" + path + "' cannot be the value of " + name + ": it is not absolute");
        }
        requirePlain(name, path.toString());
        return path;
    }

    /** The line, or without a value a comment that shows an example. */
    static String orExample(String name, Optional<String> value, String example) {
        return value.map(given -> line(name, given)).orElse("#" + name + " = " + example);
    }

    /** The line with the networks, or without any a comment that shows an example. */
    static String orExample(String name, List<Network> networks, String example) {
        if (networks.isEmpty()) {
            return "#" + name + " = " + example;
        }
        // Only here a value has spaces; Network has checked each part.
        return name + " = " + networks.stream().map(Network::text).collect(joining(" "));
    }
}
