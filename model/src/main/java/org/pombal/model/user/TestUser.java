package org.pombal.model.user;

import static java.util.Objects.requireNonNull;

import org.pombal.model.backend.HostName;

/**
 * The user by whom backends are tried.
 *
 * @param pattern his name, in which {@value #BACKEND_HOST} stands for the backend's host name
 */
public record TestUser(String pattern) {

    /** As Dovecot's settings write a variable. */
    public static final String BACKEND_HOST = "%{backend_host}";

    /** @throws IllegalArgumentException if it has another variable, or makes no name of a user */
    public TestUser {
        requireNonNull(pattern, "pattern is null");
        if (pattern.replace(BACKEND_HOST, "").indexOf('%') >= 0) {
            throw new IllegalArgumentException("has a % that does not begin " + BACKEND_HOST);
        }
        new UserKey(pattern.replace(BACKEND_HOST, "host"));
    }

    /** Whether each backend has one of its own. */
    public boolean isOfOneBackend() {
        return pattern.contains(BACKEND_HOST);
    }

    /** His name on a backend. */
    public UserKey on(HostName backend) {
        return new UserKey(pattern.replace(BACKEND_HOST, backend.value()));
    }

    @Override
    public String toString() {
        return pattern;
    }
}
