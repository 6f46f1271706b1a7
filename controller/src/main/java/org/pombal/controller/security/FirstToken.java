package org.pombal.controller.security;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.geodb.GeoDb;
import org.pombal.model.access.ApiToken;
import org.pombal.model.access.Role;

/**
 * The way in where nobody has one: when no admin's token is valid, a start of the controller makes a token that can make one other, for
 * an hour. There is no default password.
 */
public final class FirstToken {

    static final Duration LIFETIME = Duration.ofHours(1);

    private static final String ID = "first";

    private final GeoDb geoDb;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public FirstToken(GeoDb geoDb, InstantSource clock) {
        this.geoDb = requireNonNull(geoDb, "geoDb is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** The token to be shown to whoever started the controller; empty if an admin has one, or another controller was first. */
    public CompletionStage<Optional<String>> makeIfNeeded() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return geoDb.apiTokens().list().thenCompose(tokens -> {
            boolean known = tokens.stream()
                    .anyMatch(token -> token.role() == Role.ADMIN && !token.oneTime() && token.isValidAt(now));
            return known ? completedFuture(Optional.empty()) : make(tokens, now);
        });
    }

    private CompletionStage<Optional<String>> make(List<ApiToken> tokens, Instant now) {
        TokenSecret secret = TokenSecret.random(ID, random);
        ApiToken first = new ApiToken(
                ID,
                "first admin",
                Role.ADMIN,
                secret.hash(),
                now,
                "the controller",
                now.plus(LIFETIME),
                Optional.empty(),
                true,
                1);
        ApiToken next = tokens.stream()
                .filter(token -> token.id().equals(ID))
                .findFirst()
                .map(before -> before.replacedBy(first))
                .orElse(first);
        return geoDb.apiTokens()
                .write(next)
                .thenApply(outcome -> outcome instanceof Cas.Applied ? Optional.of(secret.shown()) : Optional.empty());
    }
}
