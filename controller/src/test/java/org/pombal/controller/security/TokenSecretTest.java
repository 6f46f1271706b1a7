package org.pombal.controller.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pombal.model.access.ApiToken;
import org.pombal.model.access.Role;

class TokenSecretTest {

    private final TokenSecret secret = TokenSecret.random(new SecureRandom());

    private static ApiToken token(TokenSecret of) {
        return new ApiToken(
                of.id(), "x", Role.VIEWER, of.hash(), Instant.EPOCH, "y", Instant.MAX, Optional.empty(), false, 1);
    }

    @Test
    void whatIsShownIsReadBack() {
        assertThat(TokenSecret.parse(secret.shown())).contains(secret);
    }

    @Test
    void onlyItsOwnSecretOpensAToken() {
        assertThat(secret.opens(token(secret))).isTrue();
        assertThat(TokenSecret.random(secret.id(), new SecureRandom()).opens(token(secret)))
                .isFalse();
    }

    @Test
    void neitherItsTextNorItsHashGivesTheSecretAway() {
        assertThat(secret.toString()).doesNotContain(secret.secret());
        assertThat(secret.hash()).hasSize(64).doesNotContain(secret.secret());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pombal_",
                "pombal_x_",
                "pombal_X_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "pombal_x_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "pombal_x_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "pombal_x_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
                "palomar_x_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void whatDoesNotLookLikeATokenIsNone(String text) {
        assertThat(TokenSecret.parse(text)).isEmpty();
    }
}
