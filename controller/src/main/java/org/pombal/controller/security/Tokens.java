package org.pombal.controller.security;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.access.ApiToken;

/** Tells whose a presented token is. What was read of late is not read again, so a revoked token may still open for two seconds. */
@Singleton
final class Tokens {

    private static final Duration KEPT = Duration.ofSeconds(2);
    private static final int MOST_KEPT = 1000;

    private record Kept(ApiToken token, Instant readAt) {}

    private final GeoDb geoDb;
    private final InstantSource clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    Tokens(GeoDb geoDb, InstantSource clock) {
        this.geoDb = requireNonNull(geoDb, "geoDb is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** The token, if the secret is right and it is valid now. */
    CompletionStage<Optional<ApiToken>> find(TokenSecret presented) {
        Instant now = clock.instant();
        return read(presented.id(), now)
                .thenApply(found -> found.filter(presented::opens).filter(token -> token.isValidAt(now)));
    }

    private CompletionStage<Optional<ApiToken>> read(String id, Instant now) {
        Kept known = kept.get(id);
        if (known != null && now.isBefore(known.readAt().plus(KEPT))) {
            return completedFuture(Optional.of(known.token()));
        }
        return geoDb.apiTokens().find(id, ReadLevel.QUORUM).thenApply(found -> {
            found.ifPresentOrElse(token -> keep(token, now), () -> kept.remove(id));
            return found;
        });
    }

    private void keep(ApiToken token, Instant now) {
        if (kept.size() >= MOST_KEPT) {
            kept.clear();
        }
        kept.put(token.id(), new Kept(token, now));
    }

    /** It was changed here. */
    void forget(String id) {
        kept.remove(id);
    }
}
