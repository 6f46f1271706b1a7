package org.pombal.app.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rooms of the house, {@code org.pombal.ROOM}, and which others each may use; docs/decisions/0001 says why. */
final class Rooms {

    private static final String HOUSE = "org.pombal.";

    private static final Set<String> BELOW_APP = Set.of(
            "model", "settings", "commands", "geodb", "operations", "dovecot", "node", "controller", "cli", "demo");

    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("settings", Set.of()),
            Map.entry("commands", Set.of()),
            Map.entry("geodb", Set.of("model", "settings")),
            Map.entry("operations", Set.of("model", "settings", "geodb")),
            Map.entry("dovecot", Set.of("model")),
            Map.entry("node", Set.of("model", "settings", "commands", "geodb", "operations", "dovecot")),
            Map.entry("controller", Set.of("model", "settings", "commands", "geodb", "operations", "dovecot")),
            Map.entry("cli", Set.of("commands")),
            Map.entry("simulation", Set.of("model", "geodb")),
            Map.entry("demo", Set.of("model", "settings", "commands", "geodb", "operations", "dovecot", "node")),
            Map.entry("app", BELOW_APP),
            Map.entry("chaos", BELOW_APP),
            Map.entry(
                    "bench", Stream.concat(BELOW_APP.stream(), Stream.of("app")).collect(Collectors.toSet())));

    private Rooms() {}

    /** Why {@code user} may not use {@code used}; empty if it may. */
    static Optional<String> objection(JavaClass user, JavaClass used) {
        if (!isOurs(user) || !isOurs(used) || room(user).equals(room(used))) {
            return Optional.empty();
        }
        Set<String> allowed = MAY_USE.get(room(user));
        if (allowed == null) {
            return Optional.of(user.getName() + " is in no room of the house");
        }
        return allowed.contains(room(used))
                ? Optional.empty()
                : Optional.of("room " + room(user) + " may not use room " + room(used));
    }

    static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(HOUSE);
    }

    /** Whether the class is in a room that the table knows. */
    static boolean isInARoom(JavaClass type) {
        return MAY_USE.containsKey(room(type));
    }

    private static String room(JavaClass type) {
        return type.getPackageName().substring(HOUSE.length()).split("\\.", 2)[0];
    }
}
