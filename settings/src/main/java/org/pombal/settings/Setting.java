package org.pombal.settings;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One setting, declared once as a constant:
 *
 * <pre>{@code
 * static final Setting<Integer> PORT = Setting.named("CASSANDRA_PORT", wholeNumber(1, 65535))
 *         .description("TCP port of Cassandra's native protocol, the same on every contact point.")
 *         .withDefault(9042);
 * }</pre>
 *
 * @param name as in a settings file, case and all
 * @param environmentName the environment variable that sets it too; by default the name in upper case
 * @param defaultValue the value where nothing is given; empty if one must be given
 * @param description one paragraph: what it is and what happens when it is changed
 * @param secret whether the value must never be shown
 * @param formerNames names under which it was known and still may be given, with a warning
 */
public record Setting<T>(
        String name,
        String environmentName,
        ValueType<T> type,
        Optional<T> defaultValue,
        String description,
        boolean secret,
        List<String> formerNames) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    public Setting {
        requireName(name);
        requireName(environmentName);
        requireNonNull(type, "type is null");
        requireNonNull(defaultValue, "defaultValue is null");
        if (description.isBlank()) {
            throw new IllegalArgumentException("setting " + name + " has no description");
        }
        formerNames = List.copyOf(formerNames);
        formerNames.forEach(Setting::requireName);
    }

    public static <T> Builder<T> named(String name, ValueType<T> type) {
        return new Builder<>(name, type);
    }

    /** Whether a value must be given. */
    public boolean required() {
        return defaultValue.isEmpty();
    }

    /** Whether the environment variable has another name than the setting. */
    boolean hasVariableOfItsOwn() {
        return !environmentName.equals(environmentNameOf(name));
    }

    /** The value as it may be shown to anybody. */
    String shown(T value) {
        String printed = type.print(value);
        return secret && !printed.isEmpty() ? "(secret)" : printed;
    }

    static String environmentNameOf(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not a setting's name: letters, digits and '_'");
        }
    }

    /** A declaration in the making; ends with what holds when no value is given. */
    public static final class Builder<T> {

        private final String name;
        private final ValueType<T> type;
        private String environmentName;
        private String description = "";
        private boolean secret;
        private List<String> formerNames = List.of();

        private Builder(String name, ValueType<T> type) {
            this.name = requireNonNull(name, "name is null");
            this.type = requireNonNull(type, "type is null");
            this.environmentName = environmentNameOf(name);
        }

        public Builder<T> description(String paragraph) {
            description = paragraph.strip().replaceAll("\\s*\\n\\s*", " ");
            return this;
        }

        public Builder<T> environmentName(String variable) {
            environmentName = variable;
            return this;
        }

        public Builder<T> secret() {
            secret = true;
            return this;
        }

        public Builder<T> formerly(String... names) {
            formerNames = List.of(names);
            return this;
        }

        public Setting<T> withDefault(T value) {
            return build(type, Optional.of(value));
        }

        /** The start is refused where this setting is needed and not given. */
        public Setting<T> required() {
            return build(type, Optional.empty());
        }

        /** Empty when it is not given. */
        public Setting<Optional<T>> optional() {
            return build(type.optional(), Optional.of(Optional.empty()));
        }

        private <V> Setting<V> build(ValueType<V> valueType, Optional<V> defaultValue) {
            return new Setting<>(name, environmentName, valueType, defaultValue, description, secret, formerNames);
        }
    }
}
