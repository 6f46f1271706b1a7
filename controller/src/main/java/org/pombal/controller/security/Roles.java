package org.pombal.controller.security;

/** The names of {@link org.pombal.model.access.Role}, as annotations need them, and one more. */
public final class Roles {

    public static final String VIEWER = "viewer";
    public static final String OPERATOR = "operator";
    public static final String ADMIN = "admin";

    /** Whoever has nothing but the one-time token of the first start: he may make a token, and nothing else. */
    public static final String FIRST = "first";

    private Roles() {}
}
