package org.pombal.controller.settings;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pombal.settings.ListenAddress;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsRule;

/** What must hold between the controller's settings. */
final class ControllerRules {

    private static final Set<String> LOOPBACK = Set.of("localhost", "::1", "[::1]");

    private ControllerRules() {}

    static SettingsRule[] all() {
        return new SettingsRule[] {
            new SettingsRule(
                    List.of(ControllerSettings.TLS_CERTIFICATE, ControllerSettings.TLS_KEY),
                    ControllerRules::keyGoesWithCertificate),
            new SettingsRule(
                    List.of(
                            ControllerSettings.LISTEN,
                            ControllerSettings.TLS_CERTIFICATE,
                            ControllerSettings.PLAIN_HTTP),
                    ControllerRules::othersNeedTls)
        };
    }

    private static Optional<String> keyGoesWithCertificate(Settings settings) {
        return settings.get(ControllerSettings.TLS_CERTIFICATE).isPresent()
                        != settings.get(ControllerSettings.TLS_KEY).isPresent()
                ? Optional.of(
                        "CONTROLLER_TLS_CERT_FILE and CONTROLLER_TLS_KEY_FILE go together, and only one of them is"
                                + " set")
                : Optional.empty();
    }

    private static Optional<String> othersNeedTls(Settings settings) {
        ListenAddress listen = settings.get(ControllerSettings.LISTEN);
        boolean needed = !isLoopback(listen.host())
                && settings.get(ControllerSettings.TLS_CERTIFICATE).isEmpty()
                && !settings.get(ControllerSettings.PLAIN_HTTP);
        return needed
                ? Optional.of("CONTROLLER_LISTEN = " + listen + " (from " + settings.origin(ControllerSettings.LISTEN)
                        + ") lets others connect, and tokens would travel readable: set CONTROLLER_TLS_CERT_FILE and"
                        + " CONTROLLER_TLS_KEY_FILE, or CONTROLLER_PLAIN_HTTP = yes behind a proxy that does TLS")
                : Optional.empty();
    }

    static boolean isLoopback(String host) {
        return LOOPBACK.contains(host) || host.matches("127\\.[0-9.]+");
    }
}
