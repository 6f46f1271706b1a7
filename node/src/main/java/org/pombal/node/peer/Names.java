package org.pombal.node.peer;

import java.util.Arrays;
import java.util.Locale;

/** Names of constants in messages: in lower case. */
final class Names {

    private Names() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if none has this name */
    static <E extends Enum<E>> E find(Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> of(constant).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not one of those that are known"));
    }
}
