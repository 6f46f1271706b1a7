package org.pombal.controller.settings;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pombal.model.access.Role;
import org.pombal.settings.PythonLiteral;
import org.pombal.settings.ValueType;

/**
 * What roles are called elsewhere: {@code mail-admins:admin, mail-support:viewer}. A name ends at its last colon, so it may have some,
 * and may have spaces.
 */
final class RoleNames {

    static final Map<String, Role> USUAL = usual();

    static final ValueType<Map<String, Role>> TYPE = new ValueType<>(
            "names, each with viewer, operator or admin: mail-admins:admin, mail-support:viewer",
            RoleNames::parse,
            RoleNames::print);

    private RoleNames() {}

    private static Map<String, Role> usual() {
        Map<String, Role> names = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            names.put("pombal-" + role, role);
        }
        return names;
    }

    private static Map<String, Role> parse(String text) {
        Map<String, Role> names = new LinkedHashMap<>();
        if (PythonLiteral.looksLikeOne(text)) {
            PythonLiteral.dictionary(text).forEach((name, role) -> add(names, name, String.valueOf(role)));
            return names;
        }
        for (String pair : text.split(",", -1)) {
            int colon = pair.lastIndexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("'" + pair.strip() + "' has no ':' before a role");
            }
            add(
                    names,
                    pair.substring(0, colon).strip(),
                    pair.substring(colon + 1).strip());
        }
        return names;
    }

    private static void add(Map<String, Role> names, String name, String role) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("there is a role without a name");
        }
        if (names.put(name, Role.parse(role)) != null) {
            throw new IllegalArgumentException("'" + name + "' is given twice");
        }
    }

    private static String print(Map<String, Role> names) {
        return names.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(joining(", "));
    }
}
