package org.pombal.model.access;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A key to the controller's API, without its secret: of that only a hash is kept.
 *
 * @param id public part of the token: 1 to 32 of a-z, 0-9
 * @param name whose it is or what for; what the audit log calls its bearer
 * @param hash SHA-256 of the secret, in hexadecimal. The secret is 256 random bits, so that a slow hash would add nothing
 * @param createdBy who made it
 * @param expiresAt from then on it opens nothing
 * @param revokedAt since when it opens nothing, if somebody has revoked it
 * @param oneTime whether it is used up by making another
 * @param version grows by one with each change
 */
public record ApiToken(
        String id,
        String name,
        Role role,
        String hash,
        Instant createdAt,
        String createdBy,
        Instant expiresAt,
        Optional<Instant> revokedAt,
        boolean oneTime,
        long version) {

    private static final Pattern ID = Pattern.compile("[a-z0-9]{1,32}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@ -]{0,62}");

    public ApiToken {
        requireNonNull(role, "role is null");
        requireNonNull(hash, "hash is null");
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(createdBy, "createdBy is null");
        requireNonNull(expiresAt, "expiresAt is null");
        requireNonNull(revokedAt, "revokedAt is null");
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("'" + id + "' is not the id of a token: 1 to 32 of a-z and 0-9");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name
                            + "' is not a name of a token: 1 to 63 letters, digits and . _ @ - and spaces, the first a letter or digit");
        }
    }

    /** Whether it opens anything at that time. */
    public boolean isValidAt(Instant time) {
        return revokedAt.isEmpty() && time.isBefore(expiresAt);
    }

    /** The row by which it is revoked. */
    public ApiToken revoked(Instant at) {
        return new ApiToken(
                id, name, role, hash, createdAt, createdBy, expiresAt, Optional.of(at), oneTime, version + 1);
    }

    /** The row by which another takes its place under its id. */
    public ApiToken replacedBy(ApiToken next) {
        return new ApiToken(
                id,
                next.name,
                next.role,
                next.hash,
                next.createdAt,
                next.createdBy,
                next.expiresAt,
                next.revokedAt,
                next.oneTime,
                version + 1);
    }
}
