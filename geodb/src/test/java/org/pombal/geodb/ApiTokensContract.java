package org.pombal.geodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.geodb.Await.result;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.model.access.ApiToken;
import org.pombal.model.access.Role;

/** What every {@link ApiTokens} does. */
public interface ApiTokensContract extends GeoDbFixture {

    private ApiTokens tokens() {
        return geoDb().apiTokens();
    }

    private ApiToken token(String name) {
        Instant now = now().truncatedTo(ChronoUnit.MILLIS);
        return new ApiToken(
                UUID.randomUUID().toString().replace("-", ""),
                name,
                Role.OPERATOR,
                "ab12",
                now,
                "somebody",
                now.plus(Duration.ofDays(30)),
                Optional.empty(),
                false,
                1);
    }

    @Test
    default void aTokenIsKeptWholeInEachVersion() {
        ApiToken made = token("deploy");
        ApiToken revoked = made.revoked(made.createdAt().plusSeconds(1));
        assertThat(result(tokens().find(made.id(), ReadLevel.SERIAL))).isEmpty();

        for (ApiToken next : List.of(made, revoked, revoked.replacedBy(token("other")))) {
            assertThat(result(tokens().write(next))).isEqualTo(new Cas.Applied<>(next));
            assertThat(result(another().apiTokens().find(next.id(), ReadLevel.QUORUM)))
                    .contains(next);
            assertThat(result(another().apiTokens().find(next.id(), ReadLevel.SERIAL)))
                    .contains(next);
        }
    }

    @Test
    default void tokensAreListedByName() {
        ApiToken b = token("b");
        ApiToken a = token("a");
        result(tokens().write(b));
        result(tokens().write(a));

        assertThat(result(another().apiTokens().list())).containsSubsequence(a, b);
    }

    @Test
    default void ofTwoThatWriteOneVersionOfATokenOneLoses() {
        ApiToken made = token("deploy");
        result(tokens().write(made));
        ApiToken revoked = made.revoked(made.createdAt());
        result(tokens().write(revoked));

        assertThat(result(another().apiTokens().write(made.replacedBy(token("other")))))
                .isEqualTo(new Cas.Lost<>(Optional.of(revoked)));
        assertThat(result(another().apiTokens().write(made))).isEqualTo(new Cas.Lost<>(Optional.of(revoked)));
    }

    @Test
    default void aTokenWhoseAnswerIsLostIsClearedUpByAskingAgain() {
        ApiToken made = token("deploy");
        for (ApiToken next : List.of(made, made.revoked(made.createdAt()))) {
            faults().loseAnswers(1);
            assertThat(result(tokens().write(next))).isEqualTo(new Cas.Applied<>(next));
        }
    }
}
