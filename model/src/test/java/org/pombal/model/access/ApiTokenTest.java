package org.pombal.model.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTokenTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static ApiToken token(String id, String name) {
        return new ApiToken(id, name, Role.OPERATOR, "ab", NOW, "ana", NOW.plusSeconds(60), Optional.empty(), false, 1);
    }

    @Test
    void itIsValidUntilItExpiresOrIsRevoked() {
        ApiToken token = token("a1", "deploy");
        assertThat(token.isValidAt(NOW.plusSeconds(59))).isTrue();
        assertThat(token.isValidAt(NOW.plusSeconds(60))).isFalse();
        assertThat(token.revoked(NOW).isValidAt(NOW)).isFalse();
    }

    @Test
    void whatTakesItsPlaceHasItsIdAndTheNextVersion() {
        ApiToken next = token("a1", "deploy").revoked(NOW).replacedBy(token("b2", "other"));
        assertThat(next.id()).isEqualTo("a1");
        assertThat(next.name()).isEqualTo("other");
        assertThat(next.version()).isEqualTo(3);
        assertThat(next.isValidAt(NOW)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " a", "<a>", "a\nb", "\u00e9"})
    void aNameThatCouldBeMistakenForSomethingElseIsRefused(String name) {
        assertThatThrownBy(() -> token("a1", name)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a_b", "a-b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void anIdIsShortAndPlain(String id) {
        assertThatThrownBy(() -> token(id, "a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eachRoleIncludesThoseBeforeIt() {
        assertThat(Role.VIEWER.including()).containsExactly(Role.VIEWER);
        assertThat(Role.ADMIN.including()).containsExactly(Role.VIEWER, Role.OPERATOR, Role.ADMIN);
        assertThat(Role.parse("operator")).isEqualTo(Role.OPERATOR);
        assertThatThrownBy(() -> Role.parse("root")).hasMessageContaining("viewer, operator, admin");
    }
}
