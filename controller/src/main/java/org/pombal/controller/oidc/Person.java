package org.pombal.controller.oidc;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.pombal.model.access.Role;

/**
 * Somebody, or some program, for whom the issuer vouches.
 *
 * @param name as the audit log calls him
 * @param role what he may do; empty if the issuer gives him no role here
 */
public record Person(String name, Optional<Role> role) {

    public Person {
        requireNonNull(name, "name is null");
        requireNonNull(role, "role is null");
    }
}
