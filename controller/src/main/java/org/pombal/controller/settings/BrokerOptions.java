package org.pombal.controller.settings;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pombal.settings.PythonLiteral;
import org.pombal.settings.ValueType;

/**
 * What is to be known of Redis beside its URL, as Celery writes it: a Python dictionary, or JSON, as
 * {@code {'master_name': 'mymaster', 'sentinel_kwargs': {'password': 'secret'}}}.
 *
 * @param text as it was given; may have a password in it
 * @param masterName what the sentinels call the master
 * @param sentinelUser with which the sentinels want to be asked
 * @param sentinelPassword with which the sentinels want to be asked
 */
public record BrokerOptions(
        String text, Optional<String> masterName, Optional<String> sentinelUser, Optional<String> sentinelPassword) {

    public static final BrokerOptions NONE =
            new BrokerOptions("{}", Optional.empty(), Optional.empty(), Optional.empty());

    public static final ValueType<BrokerOptions> TYPE = new ValueType<>(
            "a Python dictionary with 'master_name' and 'sentinel_kwargs' ('username', 'password')",
            BrokerOptions::parse,
            BrokerOptions::text);

    private static final Set<String> KNOWN = Set.of("master_name", "sentinel_kwargs");
    private static final Set<String> KNOWN_OF_SENTINELS = Set.of("username", "password");

    public BrokerOptions {
        requireNonNull(text, "text is null");
        requireNonNull(masterName, "masterName is null");
        requireNonNull(sentinelUser, "sentinelUser is null");
        requireNonNull(sentinelPassword, "sentinelPassword is null");
    }

    private static BrokerOptions parse(String text) {
        Map<String, Object> options = PythonLiteral.dictionary(text);
        requireKnown(options, KNOWN, "");
        Map<?, ?> sentinels = options.get("sentinel_kwargs") instanceof Map<?, ?> map ? map : new LinkedHashMap<>();
        if (options.containsKey("sentinel_kwargs") && !(options.get("sentinel_kwargs") instanceof Map)) {
            throw new IllegalArgumentException("sentinel_kwargs is not a dictionary");
        }
        requireKnown(sentinels, KNOWN_OF_SENTINELS, " of sentinel_kwargs");
        Optional<String> user = string(sentinels, "username");
        Optional<String> password = string(sentinels, "password");
        if (user.isPresent() && password.isEmpty()) {
            throw new IllegalArgumentException("sentinel_kwargs has a username and no password");
        }
        return new BrokerOptions(text, string(options, "master_name"), user, password);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "master " + masterName.orElse("(none)");
    }

    private static void requireKnown(Map<?, ?> options, Set<String> known, String where) {
        for (Object key : options.keySet()) {
            if (key.equals("visibility_timeout")) {
                throw new IllegalArgumentException(
                        "visibility_timeout is not needed: workers say that they are there; see CONTROLLER_TASK_HOLD");
            }
            if (!known.contains(String.valueOf(key))) {
                throw new IllegalArgumentException("the option '" + key + "'" + where + " is not known");
            }
        }
    }

    private static Optional<String> string(Map<?, ?> options, String key) {
        Object value = options.get(key);
        if (value != null && (!(value instanceof String text) || text.isEmpty())) {
            throw new IllegalArgumentException(key + " is not a text");
        }
        return Optional.ofNullable((String) value);
    }
}
