package org.pombal.controller.security;

import java.util.List;
import org.pombal.model.access.Role;

/** The names of {@link org.pombal.model.access.Role}, as annotations need them, and one more. */
public final class Roles {

    public static final String VIEWER = "viewer";
    public static final String OPERATOR = "operator";
    public static final String ADMIN = "admin";

    /** Whoever has nothing but the one-time token of the first start: he may make a token, and nothing else. */
    public static final String FIRST = "first";

    private Roles() {}

    /** The names of a role and of those that it includes. */
    public static List<String> including(Role role) {
        return role.including().stream().map(Role::toString).toList();
    }
}
