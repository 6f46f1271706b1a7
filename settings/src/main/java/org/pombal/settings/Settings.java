package org.pombal.settings;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings in force, each with its origin. */
public final class Settings {

    /** One setting as it may be shown to anybody. */
    public record InForce(String name, String value, Origin origin) {}

    record Resolved<T>(Setting<T> setting, T value, Origin origin) {
        InForce shown() {
            return new InForce(setting.name(), setting.shown(value), origin);
        }
    }

    private final Map<String, Resolved<?>> values = new LinkedHashMap<>();
    private final List<String> warnings;

    Settings(Collection<Resolved<?>> values, List<String> warnings) {
        values.forEach(resolved -> this.values.put(resolved.setting().name(), resolved));
        this.warnings = List.copyOf(warnings);
    }

    /**
     * The setting's value.
     *
     * @throws IllegalStateException if the setting was not among those resolved, or is required and was not needed
     */
    public <T> T get(Setting<T> setting) {
        return resolved(setting).value();
    }

    /** Whether somebody gave a value, be it the default's. */
    public boolean isGiven(Setting<?> setting) {
        return !(origin(setting) instanceof Origin.Default);
    }

    public Origin origin(Setting<?> setting) {
        return resolved(setting).origin();
    }

    /** All of them in the order of their declaration, secrets not shown. */
    public List<InForce> inForce() {
        return values.values().stream().map(Resolved::shown).toList();
    }

    /** What is worth a look but stops nothing: former names, unknown environment variables. */
    public List<String> warnings() {
        return warnings;
    }

    boolean has(Setting<?> setting) {
        return values.containsKey(setting.name());
    }

    private <T> Resolved<T> resolved(Setting<T> setting) {
        Resolved<?> resolved = values.get(setting.name());
        if (resolved == null || !resolved.setting().equals(setting)) {
            throw new IllegalStateException("setting " + setting.name() + " was not resolved");
        }
        @SuppressWarnings("unchecked") // the value was resolved for an equal setting
        Resolved<T> typed = (Resolved<T>) resolved;
        return typed;
    }
}
