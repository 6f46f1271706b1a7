package org.pombal.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pombal.settings.GivenValues.Given;
import org.pombal.settings.Settings.Resolved;

/** One run of {@link SettingsResolver}: reads each given value for its type, then asks the rules. */
final class Resolution {

    private static final int SHOWN_LENGTH = 80;

    private final SettingsCatalog catalog;
    private final GivenValues given;
    private final Findings findings;

    Resolution(SettingsCatalog catalog, GivenValues given, Findings findings) {
        this.catalog = catalog;
        this.given = given;
        this.findings = findings;
    }

    Settings settle(Set<String> needed) {
        List<Resolved<?>> resolved = new ArrayList<>();
        for (SettingsGroup group : catalog.groups()) {
            for (Setting<?> setting : group.settings()) {
                settle(setting, needed.contains(group.name())).ifPresent(resolved::add);
            }
        }
        Settings settings = new Settings(resolved, findings.warnings());
        catalog.groups().stream()
                .flatMap(group -> group.rules().stream())
                .filter(rule -> rule.about().stream().allMatch(settings::has))
                .forEach(rule -> rule.objection().apply(settings).ifPresent(findings::problem));
        return settings;
    }

    private <T> Optional<Resolved<T>> settle(Setting<T> setting, boolean needed) {
        Given inEnvironment = given.inEnvironment().get(setting.name());
        Given inFile = given.inFile().get(setting.name());
        // Both are read, so that a bad value in the file is found even while a variable hides it.
        Optional<Resolved<T>> fromEnvironment = read(setting, inEnvironment);
        Optional<Resolved<T>> fromFile = read(setting, inFile);
        if (inEnvironment != null || inFile != null) {
            return inEnvironment != null ? fromEnvironment : fromFile;
        }
        if (setting.required() && needed) {
            findings.problem(setting.name() + " is not set and has no default: set it in the settings file, or as"
                    + " environment variable " + setting.environmentName() + "; allowed is "
                    + setting.type().allowed());
        }
        return setting.defaultValue().map(value -> new Resolved<>(setting, value, new Origin.Default()));
    }

    private <T> Optional<Resolved<T>> read(Setting<T> setting, @Nullable Given value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            String text = value.value().text();
            return Optional.of(new Resolved<>(setting, setting.type().parse(text), value.origin()));
        } catch (IllegalArgumentException e) {
            findings.problem(value.origin() + ": " + value.spelling() + objection(setting, value.value(), e)
                    + "; allowed is " + setting.type().allowed());
            return Optional.empty();
        }
    }

    /** A type's reason may repeat the value, a file's reason never does. */
    private static String objection(Setting<?> setting, RawValue value, IllegalArgumentException e) {
        if (!setting.secret()) {
            return " = " + shortened(value.toString()) + ": " + withoutCredentials(String.valueOf(e.getMessage()));
        }
        return value.isReadable() ? " has a bad value, not shown because it is a secret" : ": " + e.getMessage();
    }

    private static String shortened(String value) {
        String oneLine = withoutCredentials(value.replaceAll("\\p{Cntrl}", "?"));
        return oneLine.length() <= SHOWN_LENGTH ? oneLine : oneLine.substring(0, SHOWN_LENGTH) + "...";
    }

    /** Where an address is wanted somebody may have written a password into it. */
    private static String withoutCredentials(String text) {
        return text.replaceAll("://\\S*@", "://(secret)@");
    }
}
