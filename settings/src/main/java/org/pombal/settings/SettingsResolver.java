package org.pombal.settings;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;

/**
 * Brings the settings file, the environment and the defaults together. The environment beats the file, the file beats
 * the defaults; an environment variable that is set but empty counts as not set.
 *
 * <p>In the file every name must be known. Of the environment only the known variables are looked at; an unknown one
 * with a prefix of ours is worth a warning, and one with a prefix that only a needed group has is a mistake.
 */
public final class SettingsResolver {

    private final SettingsCatalog catalog;

    public SettingsResolver(SettingsCatalog catalog) {
        this.catalog = requireNonNull(catalog, "catalog is null");
    }

    /**
     * @param environment names and values, as {@link System#getenv()} gives them
     * @param needed names of the {@link SettingsGroup groups} whose required settings must be given
     * @throws SettingsException with all that is wrong
     */
    public Settings resolve(SettingsFile file, Map<String, String> environment, Set<String> needed)
            throws SettingsException {
        Findings findings = new Findings();
        findings.problems(file.problems());
        GivenValues given = GivenValues.collect(catalog, file, environment, needed, findings);
        Settings settings = new Resolution(catalog, given, findings).settle(needed);
        findings.throwIfAnyProblem();
        return settings;
    }
}
