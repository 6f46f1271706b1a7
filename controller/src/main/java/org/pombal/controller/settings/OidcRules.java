package org.pombal.controller.settings;

import static org.pombal.controller.settings.OidcSettings.AUDIENCE;
import static org.pombal.controller.settings.OidcSettings.CLIENT_ID;
import static org.pombal.controller.settings.OidcSettings.CLIENT_SECRET;
import static org.pombal.controller.settings.OidcSettings.ISSUER;
import static org.pombal.controller.settings.OidcSettings.PUBLIC_URL;
import static org.pombal.controller.settings.OidcSettings.SCOPES;

import java.util.List;
import java.util.Optional;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsRule;

/** What must hold between the settings of OpenID Connect. */
final class OidcRules {

    private OidcRules() {}

    static SettingsRule[] all() {
        return new SettingsRule[] {
            new SettingsRule(List.of(ISSUER, AUDIENCE, CLIENT_ID), OidcRules::issuerIsForSomebody),
            new SettingsRule(List.of(CLIENT_ID, PUBLIC_URL), OidcRules::browsersAreSentBack),
            new SettingsRule(List.of(CLIENT_ID, CLIENT_SECRET), OidcRules::secretGoesWithClient),
            new SettingsRule(List.of(SCOPES), OidcRules::openIdIsAskedFor)
        };
    }

    private static Optional<String> issuerIsForSomebody(Settings settings) {
        boolean issuer = settings.get(ISSUER).isPresent();
        boolean somebody =
                settings.get(AUDIENCE).isPresent() || settings.get(CLIENT_ID).isPresent();
        return objectionIf(
                issuer != somebody,
                issuer
                        ? "CONTROLLER_OIDC_ISSUER is set, and nobody could come in by it: set CONTROLLER_OIDC_AUDIENCE for"
                                + " programs, CONTROLLER_OIDC_CLIENT_ID for people, or both"
                        : "CONTROLLER_OIDC_AUDIENCE or CONTROLLER_OIDC_CLIENT_ID is set, but not CONTROLLER_OIDC_ISSUER,"
                                + " whose tokens it is about");
    }

    private static Optional<String> browsersAreSentBack(Settings settings) {
        return objectionIf(
                settings.get(CLIENT_ID).isPresent() && settings.get(PUBLIC_URL).isEmpty(),
                "CONTROLLER_OIDC_CLIENT_ID needs CONTROLLER_PUBLIC_URL, where the issuer sends browsers back to");
    }

    private static Optional<String> secretGoesWithClient(Settings settings) {
        return objectionIf(
                settings.get(CLIENT_SECRET).isPresent()
                        && settings.get(CLIENT_ID).isEmpty(),
                "CONTROLLER_OIDC_CLIENT_SECRET is set, but not CONTROLLER_OIDC_CLIENT_ID, whose secret it is");
    }

    private static Optional<String> openIdIsAskedFor(Settings settings) {
        return objectionIf(
                !settings.get(SCOPES).contains("openid"),
                "CONTROLLER_OIDC_SCOPES = " + String.join(" ", settings.get(SCOPES))
                        + " asks for no ID token: openid must be among them");
    }

    private static Optional<String> objectionIf(boolean wrong, String objection) {
        return wrong ? Optional.of(objection) : Optional.empty();
    }
}
