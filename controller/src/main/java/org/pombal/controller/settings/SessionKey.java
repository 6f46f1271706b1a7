package org.pombal.controller.settings;

import java.util.function.Function;
import org.pombal.settings.ValueType;
import org.pombal.settings.ValueTypes;

/** A key as text that is too long to be guessed. */
final class SessionKey {

    private static final int LEAST_CHARACTERS = 43;

    static final ValueType<String> TYPE =
            new ValueType<>(LEAST_CHARACTERS + " or more random characters", SessionKey::parse, Function.identity());

    private SessionKey() {}

    private static String parse(String text) {
        String key = ValueTypes.text().parse(text);
        if (key.length() < LEAST_CHARACTERS) {
            throw new IllegalArgumentException("too short");
        }
        return key;
    }
}
