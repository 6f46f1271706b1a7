package org.pombal.dovecot.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with placeholders of the form {@code @NAME@}. Every placeholder must get a value, and every value must have a
 * placeholder: a template and the code that fills it cannot drift apart.
 */
final class Template {

    private static final Pattern PLACEHOLDER = Pattern.compile("@([A-Z][A-Z0-9_]*)@");

    private final String name;
    private final String text;

    Template(String name, String text) {
        this.name = requireNonNull(name, "name is null");
        this.text = requireNonNull(text, "text is null");
    }

    /** Reads a resource file of this package, as {@code 2.3/proxy.conf}. */
    static Template load(String name) {
        try (InputStream file = Template.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the template " + name + " is not part of this program");
            }
            return new Template(name, new String(file.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the template " + name, e);
        }
    }

    /** @throws IllegalArgumentException naming the placeholders without a value, or the values without a placeholder */
    String fill(Map<String, String> values) {
        Set<String> placeholders = new TreeSet<>();
        PLACEHOLDER.matcher(text).results().map(found -> found.group(1)).forEach(placeholders::add);
        requireNone("has no value for", without(placeholders, values.keySet()));
        requireNone("has no placeholder", without(values.keySet(), placeholders));
        return PLACEHOLDER.matcher(text).replaceAll(found -> quoted(values, found));
    }

    private static String quoted(Map<String, String> values, MatchResult found) {
        return Matcher.quoteReplacement(requireNonNull(values.get(found.group(1)), "value is null"));
    }

    private static Set<String> without(Set<String> names, Set<String> known) {
        Set<String> rest = new TreeSet<>(names);
        rest.removeAll(known);
        return rest;
    }

    private void requireNone(String problem, Set<String> names) {
        if (!names.isEmpty()) {
            throw new IllegalArgumentException("the template " + name + " " + problem + " " + names);
        }
    }
}
