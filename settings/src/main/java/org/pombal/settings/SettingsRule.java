package org.pombal.settings;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What must hold between settings. It is asked only when each of the settings it is about has a good value.
 *
 * @param about the settings it looks at
 * @param objection what is wrong and what to do, naming the settings, or empty
 */
public record SettingsRule(List<Setting<?>> about, Function<Settings, Optional<String>> objection) {

    public SettingsRule {
        about = List.copyOf(about);
        requireNonNull(objection, "objection is null");
    }
}
