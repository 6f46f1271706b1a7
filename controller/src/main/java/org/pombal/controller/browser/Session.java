package org.pombal.controller.browser;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.pombal.model.access.Role;

/**
 * Somebody who came in with a browser.
 *
 * @param id random, 128 bits
 * @param name as the audit log calls him
 * @param until when it ends
 */
record Session(String id, String name, Role role, Instant until) {

    public Session {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(role, "role is null");
        requireNonNull(until, "until is null");
    }
}
