package org.pombal.dovecot.doveconf;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A section of the configuration.
 *
 * @param title what stands before its brace, as {@code protocol lmtp}; empty for the whole configuration
 * @param values of the settings directly in it
 */
public record Section(String title, Map<String, String> values, List<Section> sections) {

    public Section {
        requireNonNull(title, "title is null");
        values = Map.copyOf(values);
        sections = List.copyOf(sections);
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The section directly in this one that has this title. */
    public Optional<Section> section(String wanted) {
        return sections.stream().filter(one -> one.title.equals(wanted)).findFirst();
    }

    /** All sections below this one, at any depth. */
    public Stream<Section> all() {
        return sections.stream().flatMap(one -> Stream.concat(Stream.of(one), one.all()));
    }
}
