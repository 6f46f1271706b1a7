package org.pombal.dovecot.doveconf;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration of a Dovecot: what differs from its defaults, and what was set to a default. Reading it never fails;
 * what is not there has its default.
 *
 * @param release the version that printed it, as {@code 2.4.1-4}; empty if the text is not doveconf's
 */
public record Doveconf(String release, Section all) {

    private static final Pattern FIRST_LINE = Pattern.compile("# (\\S+) \\([^)]*\\): .*");

    public Doveconf {
        requireNonNull(release, "release is null");
        requireNonNull(all, "all is null");
    }

    /** @param text what {@code doveconf -n} or {@code doveconf -N} printed */
    public static Doveconf parse(String text) {
        Matcher first = FIRST_LINE.matcher(text.lines().findFirst().orElse(""));
        return new Doveconf(first.matches() ? first.group(1) : "", SectionParser.parse(text));
    }

    /** A setting outside of sections. */
    public Optional<String> global(String name) {
        return all.value(name);
    }

    /** A setting as it is in force for a protocol, as {@code imap} or {@code doveadm}. */
    public Optional<String> inProtocol(String protocol, String name) {
        return all.section("protocol " + protocol)
                .flatMap(section -> section.value(name))
                .or(() -> global(name));
    }

    /** A setting of a service, as {@code imap-login}. */
    public Optional<String> ofService(String service, String name) {
        return all.section("service " + service).flatMap(section -> section.value(name));
    }

    /** The TCP listeners of a service. */
    public List<Section> inetListeners(String service) {
        return all.section("service " + service).stream()
                .flatMap(section -> section.sections().stream())
                .filter(section -> section.title().startsWith("inet_listener"))
                .toList();
    }

    /** A setting that is a list of words: 2.3 prints it as one value, 2.4 sometimes as a section of words that are on or off. */
    public List<String> words(String name) {
        return all.section(name)
                .map(section -> section.values().entrySet().stream()
                        .filter(word -> word.getValue().equals("yes"))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList())
                .orElseGet(() -> Arrays.stream(global(name).orElse("").split("[\\s,]+"))
                        .filter(word -> !word.isEmpty())
                        .toList());
    }

    /** Whether this is one of the protocols that Dovecot is to serve. */
    public boolean serves(String protocol) {
        return words("protocols").contains(protocol);
    }
}
