package org.pombal.controller.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pombal.controller.TestController;
import org.pombal.model.access.Role;
import org.pombal.settings.Settings;

class OidcSettingsTest {

    private static final Map<String, String> GOOD = Map.of(
            "CLUSTER_SITE", "lisbon",
            "CONTROLLER_OIDC_ISSUER", "https://login.example.org/realms/mail",
            "CONTROLLER_OIDC_AUDIENCE", "pombal",
            "CONTROLLER_OIDC_CLIENT_ID", "pombal-ui",
            "CONTROLLER_PUBLIC_URL", "https://pombal.example.org/");

    private static Settings with(String name, String value) {
        Map<String, String> all = new HashMap<>(GOOD);
        all.put(name, value);
        return TestController.settings(all);
    }

    @Test
    void theDefaultsFitAnIssuerThatWasSetUpForPombal() {
        Settings settings = TestController.settings(GOOD);
        assertThat(settings.get(OidcSettings.PUBLIC_URL)).contains(URI.create("https://pombal.example.org"));
        assertThat(settings.get(OidcSettings.SCOPES)).containsExactly("openid", "profile");
        assertThat(settings.get(OidcSettings.ROLES))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "pombal-viewer", Role.VIEWER,
                        "pombal-operator", Role.OPERATOR,
                        "pombal-admin", Role.ADMIN));
    }

    @ParameterizedTest
    @CsvSource({
        "https://Pombal.example.org:443/, https://pombal.example.org",
        "https://pombal.example.org:80, https://pombal.example.org:80",
        "http://localhost:80, http://localhost",
        "http://[::1]:8080, http://[::1]:8080",
    })
    void anAddressIsWrittenAsBrowsersWriteIt(String given, String known) {
        assertThat(with("CONTROLLER_PUBLIC_URL", given).get(OidcSettings.PUBLIC_URL))
                .contains(URI.create(known));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:mail:admins:admin, /mail/support staff:viewer",
                "{'urn:mail:admins': 'admin', \"/mail/support staff\": \"viewer\"}"
            })
    void rolesMayBeCalledAnything(String text) {
        assertThat(with("CONTROLLER_OIDC_ROLES", text).get(OidcSettings.ROLES))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("urn:mail:admins", Role.ADMIN, "/mail/support staff", Role.VIEWER));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CONTROLLER_OIDC_ISSUER        | http://login.example.org        | https://
            CONTROLLER_OIDC_ISSUER        | https://login.example.org?x=1   | query
            CONTROLLER_OIDC_ISSUER        | https://a:b@login.example.org   | no user
            CONTROLLER_OIDC_ISSUER        | login.example.org               | host
            CONTROLLER_OIDC_ROLES         | admins                          | no ':'
            CONTROLLER_OIDC_ROLES         | admins:root                     | not a role
            CONTROLLER_OIDC_ROLES         | a:admin, a:viewer               | twice
            CONTROLLER_OIDC_SCOPES        | profile                         | openid must be among them
            CONTROLLER_OIDC_CLOCK_SKEW    | 1 h                             | too big
            CONTROLLER_PUBLIC_URL         | https://example.org/pombal      | path
            CONTROLLER_SESSION_LIFETIME   | 1 min                           | too small
            CONTROLLER_SESSION_KEY        | short                           | CONTROLLER_SESSION_KEY
            """)
    void wrongValuesAreRefusedByName(String name, String value, String why) {
        assertThatThrownBy(() -> with(name, value))
                .hasStackTraceContaining(name)
                .hasStackTraceContaining(why);
    }

    @ParameterizedTest
    @CsvSource({
        "CONTROLLER_OIDC_ISSUER, but not CONTROLLER_OIDC_ISSUER",
        "CONTROLLER_PUBLIC_URL, needs CONTROLLER_PUBLIC_URL"
    })
    void whatBelongsTogetherIsAskedFor(String missing, String why) {
        assertThatThrownBy(() -> with(missing, "")).hasStackTraceContaining(why);
    }

    @Test
    void anIssuerIsForSomebody() {
        assertThatThrownBy(() -> TestController.settings(
                        Map.of("CLUSTER_SITE", "lisbon", "CONTROLLER_OIDC_ISSUER", "https://login.example.org")))
                .hasStackTraceContaining("nobody could come in by it");
    }

    @Test
    void secretsAreNotShown() {
        Map<String, String> all = new HashMap<>(GOOD);
        all.put("CONTROLLER_OIDC_CLIENT_SECRET", "hunter2");
        all.put("CONTROLLER_SESSION_KEY", "hunter2".repeat(7));
        assertThat(TestController.settings(all).inForce())
                .noneMatch(line -> line.toString().contains("hunter2"));
    }
}
