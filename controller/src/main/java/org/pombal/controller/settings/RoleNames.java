package org.pombal.controller.settings;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.pombal.model.access.Role;
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

    private static final Pattern PYTHON_LOOK = Pattern.compile("\\{(.*)}");
    private static final Pattern QUOTED = Pattern.compile("\"(.*)\"|'(.*)'");

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
        String pairs = PYTHON_LOOK.matcher(text.strip()).replaceFirst("$1");
        for (String pair : pairs.split(",", -1)) {
            int colon = pair.lastIndexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("'" + pair.strip() + "' has no ':' before a role");
            }
            String name = bare(pair.substring(0, colon));
            if (name.isEmpty()) {
                throw new IllegalArgumentException("there is a role without a name");
            }
            if (names.put(name, Role.parse(bare(pair.substring(colon + 1)))) != null) {
                throw new IllegalArgumentException("'" + name + "' is given twice");
            }
        }
        return names;
    }

    private static String bare(String text) {
        return QUOTED.matcher(text.strip()).replaceFirst("$1$2");
    }

    private static String print(Map<String, Role> names) {
        return names.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(joining(", "));
    }
}
