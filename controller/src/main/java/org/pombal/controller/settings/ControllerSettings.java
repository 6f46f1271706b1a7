package org.pombal.controller.settings;

import static org.pombal.settings.ValueTypes.duration;
import static org.pombal.settings.ValueTypes.path;
import static org.pombal.settings.ValueTypes.text;
import static org.pombal.settings.ValueTypes.wholeNumber;
import static org.pombal.settings.ValueTypes.yesNo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.pombal.settings.ListenAddress;
import org.pombal.settings.Setting;
import org.pombal.settings.SettingsGroup;

/** The settings of the controller. */
public final class ControllerSettings {

    /** The groups of settings that a controller needs. */
    public static final Set<String> GROUPS = Set.of(
            "site",
            "takeover",
            "backenddoveadm",
            "controller",
            "oidc",
            "tasks",
            "mitigation",
            "balance",
            "userbalance",
            "autoscaler",
            "geodb",
            "dictmap");

    public static final Setting<ListenAddress> LISTEN = Setting.named("CONTROLLER_LISTEN", ListenAddress.TYPE)
            .description("""
                    Where the API answers. On another address than the loopback one it needs TLS, or CONTROLLER_PLAIN_HTTP.""")
            .withDefault(new ListenAddress("127.0.0.1", 8080));

    public static final Setting<Optional<Path>> TLS_CERTIFICATE =
            Setting.named("CONTROLLER_TLS_CERT_FILE", path()).description("""
                    File in PEM with the certificate of the API and those that lead to its authority. With it, the API
                    answers in TLS only; it is read again when the controller is restarted.""").optional();

    public static final Setting<Optional<Path>> TLS_KEY = Setting.named("CONTROLLER_TLS_KEY_FILE", path())
            .description("File in PEM with the key of CONTROLLER_TLS_CERT_FILE, as PKCS#8 and without a password.")
            .optional();

    public static final Setting<Boolean> PLAIN_HTTP =
            Setting.named("CONTROLLER_PLAIN_HTTP", yesNo()).description("""
                    Whether the API may answer without TLS on an address that others can reach. Everybody on the way can
                    then read tokens and use them. Right only behind a proxy that does TLS, on a network between the two
                    that nobody else is on.""").withDefault(false);

    public static final Setting<Integer> FAILED_LOGINS = Setting.named(
                    "CONTROLLER_FAILED_LOGINS", wholeNumber(1, 10_000, "attempts a minute"))
            .description("""
                    How many wrong tokens and passwords an address may try in a minute. After that it gets 429 for all
                    requests with credentials, right ones too, until the minute is over.""")
            .withDefault(20);

    public static final Setting<Duration> TOKEN_LIFETIME = Setting.named(
                    "CONTROLLER_TOKEN_MAX_LIFETIME", duration(Duration.ofHours(1), Duration.ofDays(3650)))
            .description("The longest time for which a token may be made.")
            .withDefault(Duration.ofDays(366));

    public static final Setting<Boolean> INIT_GEODB_SCHEMA =
            Setting.named("INIT_GEODB_SCHEMA", yesNo()).description("""
                    Whether the controller creates what is missing of GeoDB's keyspace and tables when it starts, as
                    'pombal geodb init' does.""").withDefault(true);

    public static final Setting<Boolean> INIT_SITE =
            Setting.named("INIT_SITE", yesNo()).description("""
                    Whether the controller adds its site when it starts and there is none of the name in CLUSTER_SITE. The
                    site gets DOMAIN as its load balancer.""").withDefault(true);

    public static final Setting<String> DOMAIN = Setting.named("DOMAIN", text())
            .description("Public name of the site's load balancer. Only used when INIT_SITE adds the site.")
            .withDefault("d8s.test");

    public static final SettingsGroup GROUP = SettingsGroup.of(
                    "controller",
                    "Controller",
                    "The REST API over GeoDB, and the site's automation: 'pombal controller'.",
                    LISTEN,
                    TLS_CERTIFICATE,
                    TLS_KEY,
                    PLAIN_HTTP,
                    FAILED_LOGINS,
                    TOKEN_LIFETIME,
                    INIT_GEODB_SCHEMA,
                    INIT_SITE,
                    DOMAIN)
            .withUnsupported(Unsupported.all())
            .withPrefixes("CONTROLLER_", "CELERY_")
            .withRules(ControllerRules.all());

    private ControllerSettings() {}
}
