package org.pombal.controller.security;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.controller.change.Changed;
import org.pombal.controller.change.Changes;
import org.pombal.controller.change.Changes.What;
import org.pombal.controller.http.Input;
import org.pombal.controller.http.Items;
import org.pombal.controller.http.ProblemException;
import org.pombal.controller.settings.ControllerSettings;
import org.pombal.geodb.Cas;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.access.ApiToken;
import org.pombal.model.access.Role;
import org.pombal.operations.Obstacle;
import org.pombal.operations.Outcome;
import org.pombal.settings.Settings;

/** Who may come in. */
@Tag(name = "Tokens")
@Controller("/api/v1/tokens")
@Secured(Roles.ADMIN)
final class TokenRoutes {

    private static final int USUAL_DAYS = 90;

    /**
     * A token, without its secret.
     *
     * @param revokedAt since when it opens nothing, if it was revoked
     * @param valid whether it opens anything now
     */
    @Schema(name = "Token")
    record TokenBody(
            String id,
            String name,

            @Schema(
                    type = "string",
                    allowableValues = {"viewer", "operator", "admin"})
            String role,

            Instant createdAt,
            String createdBy,
            Instant expiresAt,
            Optional<Instant> revokedAt,
            boolean valid) {

        static TokenBody of(ApiToken token, Instant now) {
            return new TokenBody(
                    token.id(),
                    token.name(),
                    token.role().toString(),
                    token.createdAt(),
                    token.createdBy(),
                    token.expiresAt(),
                    token.revokedAt(),
                    token.isValidAt(now));
        }
    }

    /**
     * A token to be made.
     *
     * @param name whose it is or what for, as the audit log shows it
     * @param days how long it is valid; 90 if nothing is said
     */
    @Schema(name = "NewToken")
    record NewToken(
            String name,

            @Schema(
                    type = "string",
                    allowableValues = {"viewer", "operator", "admin"})
            String role,

            Optional<Integer> days) {}

    /**
     * A token that was made.
     *
     * @param secret what its bearer sends as Authorization: Bearer SECRET. It is shown this once and kept nowhere
     */
    @Schema(name = "MadeToken")
    record MadeToken(TokenBody token, String secret) {}

    private final GeoDb geoDb;
    private final InstantSource clock;
    private final Changes changes;
    private final Tokens tokens;
    private final Duration longest;
    private final SecureRandom random = new SecureRandom();

    TokenRoutes(GeoDb geoDb, InstantSource clock, Changes changes, Tokens tokens, Settings settings) {
        this.geoDb = requireNonNull(geoDb, "geoDb is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.changes = requireNonNull(changes, "changes is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.longest = settings.get(ControllerSettings.TOKEN_LIFETIME);
    }

    /** Lists all tokens, expired and revoked ones too. */
    @Get
    CompletionStage<Items<TokenBody>> list() {
        Instant now = clock.instant();
        return geoDb.apiTokens()
                .list()
                .thenApply(all -> Items.all(
                        all.stream().map(token -> TokenBody.of(token, now)).toList()));
    }

    /** Makes a token. The one-time token of the first start is used up by this. */
    @Post
    @Status(HttpStatus.CREATED)
    @Secured({Roles.ADMIN, Roles.FIRST})
    CompletionStage<HttpResponse<MadeToken>> make(HttpRequest<?> request, @Body NewToken wanted) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Duration lifetime = Duration.ofDays(wanted.days().orElse(USUAL_DAYS));
        if (lifetime.compareTo(Duration.ofDays(1)) < 0 || lifetime.compareTo(longest) > 0) {
            throw ProblemException.badRequest("days: a token is valid for 1 to " + longest.toDays() + " days");
        }
        TokenSecret secret = TokenSecret.random(random);
        Caller caller = Caller.of(request);
        Role role = Input.parse("role", wanted.role(), Role::parse);
        ApiToken token = Input.parse(
                "name",
                wanted.name(),
                name -> new ApiToken(
                        secret.id(),
                        name,
                        role,
                        secret.hash(),
                        now,
                        caller.name(),
                        now.plus(lifetime),
                        Optional.empty(),
                        false,
                        1));
        return changes.make(
                        request,
                        What.added("token.make", "token " + token.name() + " (" + token.id() + "), " + role),
                        audit -> useUp(caller, now)
                                .thenCompose(done -> geoDb.apiTokens().write(token))
                                .thenApply(TokenRoutes::outcome),
                        made -> TokenBody.of(made, now))
                .thenApply(made -> HttpResponse.created(new MadeToken(made.result(), secret.shown())));
    }

    /** Of two requests with one one-time token, one gets here. */
    private CompletionStage<Void> useUp(Caller caller, Instant now) {
        if (!caller.roles().contains(Roles.FIRST) || caller.token().isEmpty()) {
            return completedFuture(null);
        }
        String id = caller.token().get();
        ProblemException usedUp = new ProblemException(HttpStatus.UNAUTHORIZED, "the one-time token is used up");
        return geoDb.apiTokens().find(id, ReadLevel.SERIAL).thenCompose(found -> {
            tokens.forget(id);
            if (found.filter(token -> token.oneTime() && token.isValidAt(now)).isEmpty()) {
                return failedFuture(usedUp);
            }
            return geoDb.apiTokens()
                    .write(found.get().revoked(now))
                    .thenCompose(
                            outcome -> outcome instanceof Cas.Applied ? completedFuture(null) : failedFuture(usedUp));
        });
    }

    /** Revokes a token: it opens nothing any more, here at once and at other controllers two seconds later. */
    @Delete("/{id}")
    CompletionStage<Changed<TokenBody>> revoke(HttpRequest<?> request, String id) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return geoDb.apiTokens().find(id, ReadLevel.SERIAL).thenCompose(found -> {
            ApiToken token = found.filter(its -> its.revokedAt().isEmpty())
                    .orElseThrow(() -> new ProblemException(
                            HttpStatus.NOT_FOUND, "there is no token '" + id + "' that could be revoked"));
            return changes.make(
                    request,
                    new What(
                            "token.revoke",
                            "token " + token.name() + " (" + id + ")",
                            Optional.of(TokenBody.of(token, now))),
                    audit -> geoDb.apiTokens().write(token.revoked(now)).thenApply(written -> {
                        tokens.forget(id);
                        return outcome(written);
                    }),
                    revoked -> TokenBody.of(revoked, now));
        });
    }

    private static Outcome<ApiToken> outcome(Cas<ApiToken> written) {
        return written instanceof Cas.Applied<ApiToken> applied
                ? Outcome.done(applied.row())
                : new Outcome.NotDone<>(new Obstacle.Conflict(
                        "somebody else changed the token at the same time; nothing was changed, try again"));
    }
}
