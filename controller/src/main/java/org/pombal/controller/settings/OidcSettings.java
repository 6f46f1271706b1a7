package org.pombal.controller.settings;

import static org.pombal.settings.ValueTypes.duration;
import static org.pombal.settings.ValueTypes.listOf;
import static org.pombal.settings.ValueTypes.path;
import static org.pombal.settings.ValueTypes.text;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pombal.model.access.Role;
import org.pombal.settings.Setting;
import org.pombal.settings.SettingsGroup;

/** The settings by which the controller lets in whom an OpenID Connect issuer vouches for. */
public final class OidcSettings {

    public static final Setting<Optional<URI>> ISSUER = Setting.named("CONTROLLER_OIDC_ISSUER", WebAddress.ISSUER)
            .description("""
                    The OpenID Connect issuer whose word on people and programs is taken, exactly as its tokens name it in
                    'iss'. Its description is read from ISSUER/.well-known/openid-configuration. While it does not answer, its
                    tokens are answered with 503; Pombal's own tokens do not need it.""")
            .optional();

    public static final Setting<Optional<List<String>>> AUDIENCE = Setting.named(
                    "CONTROLLER_OIDC_AUDIENCE", listOf(text()))
            .description("""
                    What access tokens of programs must name in 'aud'; one of these is enough. Without it no program can come in
                    by a token of the issuer. A name that only this controller has keeps tokens that were made for others
                    out.""")
            .optional();

    public static final Setting<Optional<String>> CLIENT_ID =
            Setting.named("CONTROLLER_OIDC_CLIENT_ID", text()).description("""
                    As whom the controller is registered at the issuer, so that people can log in with a browser. Its redirect URI
                    there is CONTROLLER_PUBLIC_URL/api/v1/login/callback.""").optional();

    public static final Setting<Optional<String>> CLIENT_SECRET = Setting.named("CONTROLLER_OIDC_CLIENT_SECRET", text())
            .description(
                    "The secret that goes with CONTROLLER_OIDC_CLIENT_ID. A public client, with PKCE alone, has none.")
            .secret()
            .optional();

    public static final Setting<List<String>> SCOPES = Setting.named("CONTROLLER_OIDC_SCOPES", listOf(text()))
            .description("The scopes that are asked for when somebody logs in; openid must be among them.")
            .withDefault(List.of("openid", "profile"));

    public static final Setting<String> ROLE_CLAIM =
            Setting.named("CONTROLLER_OIDC_ROLE_CLAIM", text()).description("""
                    The claim that says what somebody may do: a text or a list of them; the texts of scope and scp are lists between
                    spaces. Dots lead into objects, as in realm_access.roles. It must be in access tokens of programs and in ID tokens of people.""").withDefault("roles");

    public static final Setting<Map<String, Role>> ROLES = Setting.named("CONTROLLER_OIDC_ROLES", RoleNames.TYPE)
            .description("""
                    Which value of that claim means which role of Pombal. Of several roles the highest holds; whoever has none may
                    do nothing. The looks of a Python dictionary are understood as well.""")
            .withDefault(RoleNames.USUAL);

    public static final Setting<String> NAME_CLAIM =
            Setting.named("CONTROLLER_OIDC_NAME_CLAIM", text()).description("""
                    The claim with a name that people recognise. The audit log shows it with 'sub' behind it, which nobody can choose
                    for himself.""").withDefault("preferred_username");

    public static final Setting<Duration> CLOCK_SKEW = Setting.named(
                    "CONTROLLER_OIDC_CLOCK_SKEW", duration(Duration.ofSeconds(1), Duration.ofMinutes(5)))
            .description("How far the clocks of issuer and controller may be apart when a token's times are looked at.")
            .withDefault(Duration.ofMinutes(1));

    public static final Setting<Optional<Path>> CA_FILE =
            Setting.named("CONTROLLER_OIDC_CA_FILE", path()).description("""
                    File in PEM with the certificates that may sign the issuer's. Where it is not given, those are trusted that
                    Java trusts.""").optional();

    public static final Setting<Optional<URI>> PUBLIC_URL = Setting.named("CONTROLLER_PUBLIC_URL", WebAddress.PUBLIC)
            .description("""
                    How browsers reach the controller, as https://pombal.example.org. A browser's session can only be used for
                    changes by pages from there.""")
            .optional();

    public static final Setting<Duration> SESSION_LIFETIME = Setting.named(
                    "CONTROLLER_SESSION_LIFETIME", duration(Duration.ofMinutes(5), Duration.ofDays(7)))
            .description("After what time a person who came in with a browser has to come in again.")
            .withDefault(Duration.ofHours(8));

    public static final Setting<Optional<String>> SESSION_KEY = Setting.named("CONTROLLER_SESSION_KEY", SessionKey.TYPE)
            .description("""
                    With what the sessions of browsers are encrypted, as `openssl rand -base64 48` prints it. All controllers that
                    answer at CONTROLLER_PUBLIC_URL must have the same one. Where it is not given each makes one when it starts,
                    so that sessions end with it.""")
            .secret()
            .optional();

    public static final SettingsGroup GROUP = SettingsGroup.of(
                    "oidc",
                    "OpenID Connect",
                    "Lets people and programs into the controller's API by the word of an issuer, as Keycloak is one. Without"
                            + " CONTROLLER_OIDC_ISSUER there are only Pombal's own tokens.",
                    ISSUER,
                    AUDIENCE,
                    CLIENT_ID,
                    CLIENT_SECRET,
                    SCOPES,
                    ROLE_CLAIM,
                    ROLES,
                    NAME_CLAIM,
                    CLOCK_SKEW,
                    CA_FILE,
                    PUBLIC_URL,
                    SESSION_LIFETIME,
                    SESSION_KEY)
            .withRules(OidcRules.all());

    private OidcSettings() {}
}
