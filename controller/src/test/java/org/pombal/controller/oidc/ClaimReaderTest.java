package org.pombal.controller.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pombal.model.access.Role;

class ClaimReaderTest {

    private static final Map<String, Role> ROLES =
            Map.of("mail admins", Role.ADMIN, "ops", Role.OPERATOR, "all", Role.VIEWER);

    private static Person person(String roleClaim, Map<String, Object> claims) throws RefusedException {
        return new ClaimReader("name", roleClaim, ROLES).person(claims);
    }

    @Test
    void theHighestRoleHolds() throws Exception {
        assertThat(person("roles", Map.of("sub", "1", "roles", List.of("all", "ops", "others")))
                        .role())
                .contains(Role.OPERATOR);
    }

    @Test
    void aTextMayBeOneRoleOrSeveral() throws Exception {
        assertThat(person("roles", Map.of("sub", "1", "roles", "mail admins")).role())
                .contains(Role.ADMIN);
        assertThat(person("scope", Map.of("sub", "1", "scope", "openid all")).role())
                .contains(Role.VIEWER);
        assertThat(person("mail.scp", Map.of("sub", "1", "mail", Map.of("scp", "openid all")))
                        .role())
                .contains(Role.VIEWER);
        assertThat(person("department", Map.of("sub", "1", "department", "not ops"))
                        .role())
                .isEmpty();
    }

    @Test
    void dotsLeadIntoObjectsUnlessTheNameHasThem() throws Exception {
        assertThat(person("realm.roles", Map.of("sub", "1", "realm", Map.of("roles", List.of("ops"))))
                        .role())
                .contains(Role.OPERATOR);
        assertThat(person("https://a.example/roles", Map.of("sub", "1", "https://a.example/roles", List.of("ops")))
                        .role())
                .contains(Role.OPERATOR);
        assertThat(person("realm.roles", Map.of("sub", "1", "realm", "ops")).role())
                .isEmpty();
    }

    @Test
    void whatIsNoTextIsNoRole() throws Exception {
        assertThat(person("roles", Map.of("sub", "1", "roles", List.of(1, true, Map.of("ops", "ops"))))
                        .role())
                .isEmpty();
        assertThat(person("roles", Map.of("sub", "1", "roles", 7)).role()).isEmpty();
    }

    @Test
    void theSubjectStandsBehindAChosenName() throws Exception {
        assertThat(person("roles", Map.of("sub", "1", "name", "admin")).name()).isEqualTo("admin (1)");
        assertThat(person("roles", Map.of("sub", "1", "name", "1")).name()).isEqualTo("1");
        for (String trick : List.of("a\nb", "a\u0085b", "a\u2028b", "a\u202Eb", "a\u200Bb")) {
            assertThat(person("roles", Map.of("sub", "1", "name", trick)).name())
                    .isEqualTo("1");
        }
        assertThat(person("roles", Map.of("sub", "1", "name", "João Ωmega")).name())
                .isEqualTo("João Ωmega (1)");
        assertThat(person("roles", Map.of("sub", "1")).name()).isEqualTo("1");
    }

    @Test
    void whoIsNobodyIsRefused() {
        for (Map<String, Object> claims :
                List.<Map<String, Object>>of(Map.of(), Map.of("sub", ""), Map.of("sub", 1), Map.of("sub", "a\nb"))) {
            assertThatThrownBy(() -> person("roles", claims)).isInstanceOf(RefusedException.class);
        }
    }
}
