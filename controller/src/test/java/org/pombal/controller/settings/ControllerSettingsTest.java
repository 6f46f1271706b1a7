package org.pombal.controller.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pombal.controller.TestController;
import org.pombal.settings.ListenAddress;
import org.pombal.settings.Settings;
import org.pombal.settings.SiteSettings;

class ControllerSettingsTest {

    private static Settings settings(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.putIfAbsent("CLUSTER_SITE", "lisbon");
        return TestController.settings(all);
    }

    @Test
    void theDefaultsAreThoseOfTheOriginalAndAnswerThisMachineOnly() {
        Settings settings = settings(Map.of());
        assertThat(settings.get(ControllerSettings.LISTEN)).isEqualTo(new ListenAddress("127.0.0.1", 8080));
        assertThat(settings.get(ControllerSettings.INIT_GEODB_SCHEMA)).isTrue();
        assertThat(settings.get(ControllerSettings.INIT_SITE)).isTrue();
        assertThat(settings.get(ControllerSettings.DOMAIN)).isEqualTo("d8s.test");
        assertThat(settings.get(SiteSettings.LOCAL_SITE)).isEqualTo("lisbon");
    }

    @Test
    void thePythonSpellingsOfYesAndNoAreUnderstood() {
        Settings settings = settings(Map.of("INIT_GEODB_SCHEMA", "False", "INIT_SITE", "True"));
        assertThat(settings.get(ControllerSettings.INIT_GEODB_SCHEMA)).isFalse();
        assertThat(settings.get(ControllerSettings.INIT_SITE)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "CONTROLLER_LISTEN, *:8080, lets others connect",
        "CONTROLLER_LISTEN, 192.0.2.1:8080, lets others connect",
        "CONTROLLER_LISTEN, 8080, no ':'",
        "CONTROLLER_TLS_CERT_FILE, /etc/cert.pem, go together",
        "CONTROLLER_TLS_KEY_FILE, /etc/key.pem, go together",
        "CONTROLLER_FAILED_LOGINS, 0, too small",
        "CONTROLLER_TOKEN_MAX_LIFETIME, 1, h",
        "INIT_SITE, perhaps, yes",
    })
    void wrongValuesAreRefusedByName(String name, String value, String why) {
        assertThatThrownBy(() -> settings(Map.of(name, value)))
                .hasStackTraceContaining(name)
                .hasStackTraceContaining(why);
    }

    @Test
    void othersMayConnectWhereTlsIsDoneHereOrInFront() {
        assertThat(settings(Map.of("CONTROLLER_LISTEN", "*:8080", "CONTROLLER_PLAIN_HTTP", "yes"))
                        .get(ControllerSettings.LISTEN)
                        .port())
                .isEqualTo(8080);
        assertThat(settings(Map.of(
                                "CONTROLLER_LISTEN", "*:8443",
                                "CONTROLLER_TLS_CERT_FILE", "/etc/cert.pem",
                                "CONTROLLER_TLS_KEY_FILE", "/etc/key.pem"))
                        .get(ControllerSettings.TLS_KEY))
                .isPresent();
    }
}
