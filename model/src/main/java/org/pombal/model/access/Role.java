package org.pombal.model.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What somebody may do. Each role may do all that the ones before it may. */
public enum Role {
    /** Reads everything that is not about access. */
    VIEWER,
    /** Changes sites, backends, groups, users and features. */
    OPERATOR,
    /** Also decides who may come in, and reads what everybody did. */
    ADMIN;

    /**
     * Reads the lower-case name that the API uses.
     *
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    public static Role parse(String text) {
        return Arrays.stream(values())
                .filter(role -> role.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "' is not a role; it is one of viewer, operator, admin"));
    }

    /** This role and those it includes. */
    public List<Role> including() {
        return Arrays.stream(values()).filter(role -> role.compareTo(this) <= 0).toList();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
