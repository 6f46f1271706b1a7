package org.pombal.settings;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Every setting there is. Names, environment variables and former names are each given once. */
public final class SettingsCatalog {

    private final List<SettingsGroup> groups;
    private final Map<String, Setting<?>> byName = new LinkedHashMap<>();
    private final Map<String, Setting<?>> byVariable = new LinkedHashMap<>();
    private final Map<String, RetiredSetting> retired = new LinkedHashMap<>();
    private final Map<String, UnsupportedSetting> unsupported = new LinkedHashMap<>();
    private final Map<UnsupportedSetting, SettingsGroup> groupOfUnsupported = new HashMap<>();

    /** @throws IllegalArgumentException if a name or an environment variable is declared twice */
    public SettingsCatalog(List<SettingsGroup> groups) {
        this.groups = List.copyOf(groups);
        settings().forEach(setting -> {
            names(setting).forEach(name -> declare(byName, name, setting));
            variables(setting).forEach(variable -> declare(byVariable, variable, setting));
        });
        groups.stream().flatMap(group -> group.retired().stream()).forEach(gone -> {
            if (byName.containsKey(gone.name())) {
                throw new IllegalArgumentException("setting " + gone.name() + " is both declared and retired");
            }
            declare(retired, gone.name(), gone);
        });
        groups.forEach(group -> group.unsupported().forEach(setting -> {
            if (byName.containsKey(setting.name()) || retired.containsKey(setting.name())) {
                throw new IllegalArgumentException("setting " + setting.name() + " is both declared and unsupported");
            }
            declare(unsupported, setting.name(), setting);
            groupOfUnsupported.put(setting, group);
        }));
    }

    public List<SettingsGroup> groups() {
        return groups;
    }

    public Stream<Setting<?>> settings() {
        return groups.stream().flatMap(group -> group.settings().stream());
    }

    /** The setting that a file calls by this name, present or former. */
    Optional<Setting<?>> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Optional<RetiredSetting> retired(String name) {
        return Optional.ofNullable(retired.get(name));
    }

    /** By the name in a file or of an environment variable, which are the same. */
    Optional<UnsupportedSetting> unsupported(String name) {
        return Optional.ofNullable(unsupported.get(name));
    }

    /** The name of the group that it would be in. */
    String groupOf(UnsupportedSetting setting) {
        return requireNonNull(groupOfUnsupported.get(setting), "not a setting of this catalog")
                .name();
    }

    /** Whether a variable of this name can only have been meant for one of these parts. */
    boolean isMeantFor(Set<String> parts, String variable) {
        return groups.stream()
                .filter(group -> parts.contains(group.name()))
                .flatMap(group -> group.prefixes().stream())
                .anyMatch(variable::startsWith);
    }

    Set<String> names() {
        return byName.keySet();
    }

    /** The setting that an environment variable sets, by its present or a former name. */
    Optional<Setting<?>> ofVariable(String variable) {
        return Optional.ofNullable(byVariable.get(variable));
    }

    Optional<RetiredSetting> retiredVariable(String variable) {
        return retired.values().stream()
                .filter(gone -> Setting.environmentNameOf(gone.name()).equals(variable))
                .findFirst();
    }

    Set<String> variables() {
        return byVariable.keySet();
    }

    /** A variable with a name of its own is how others know the setting, in files too. */
    private static Stream<String> names(Setting<?> setting) {
        Stream<String> present = setting.hasVariableOfItsOwn()
                ? Stream.of(setting.name(), setting.environmentName())
                : Stream.of(setting.name());
        return Stream.concat(present, setting.formerNames().stream());
    }

    private static Stream<String> variables(Setting<?> setting) {
        return Stream.concat(
                Stream.of(setting.environmentName()),
                setting.formerNames().stream().map(Setting::environmentNameOf));
    }

    private static <V> void declare(Map<String, V> index, String name, V declared) {
        if (index.putIfAbsent(name, declared) != null) {
            throw new IllegalArgumentException("setting " + name + " is declared twice");
        }
    }
}
