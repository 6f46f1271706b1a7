package org.pombal.settings;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The settings of one part of Pombal, a section of the reference page.
 *
 * @param name the short name of the part: {@code node}, {@code geodb}, {@code log}
 * @param title heading of its section
 * @param introduction a paragraph in Markdown before its settings
 * @param prefixes of environment variables that nobody else would use: where the part is needed, an unknown one is a mistake
 */
public record SettingsGroup(
        String name,
        String title,
        String introduction,
        List<Setting<?>> settings,
        List<RetiredSetting> retired,
        List<UnsupportedSetting> unsupported,
        List<SettingsRule> rules,
        List<String> prefixes) {

    public SettingsGroup {
        requireNonNull(name, "name is null");
        requireNonNull(title, "title is null");
        requireNonNull(introduction, "introduction is null");
        settings = List.copyOf(settings);
        retired = List.copyOf(retired);
        unsupported = List.copyOf(unsupported);
        rules = List.copyOf(rules);
        prefixes = List.copyOf(prefixes);
    }

    /** A group in which nothing is retired and each setting stands for itself. */
    public static SettingsGroup of(String name, String title, String introduction, Setting<?>... settings) {
        return new SettingsGroup(
                name, title, introduction, List.of(settings), List.of(), List.of(), List.of(), List.of());
    }

    public SettingsGroup withRules(SettingsRule... added) {
        return new SettingsGroup(name, title, introduction, settings, retired, unsupported, List.of(added), prefixes);
    }

    public SettingsGroup withRetired(RetiredSetting... added) {
        return new SettingsGroup(name, title, introduction, settings, List.of(added), unsupported, rules, prefixes);
    }

    public SettingsGroup withUnsupported(UnsupportedSetting... added) {
        return new SettingsGroup(name, title, introduction, settings, retired, List.of(added), rules, prefixes);
    }

    public SettingsGroup withPrefixes(String... added) {
        return new SettingsGroup(name, title, introduction, settings, retired, unsupported, rules, List.of(added));
    }
}
