package org.pombal.operations;

import static org.pombal.settings.ValueTypes.text;
import static org.pombal.settings.ValueTypes.wholeNumber;

import java.util.Optional;
import org.pombal.settings.Setting;
import org.pombal.settings.SettingsGroup;

/** How the doveadm of backends is reached: by nodes, for commands, and by controllers, which show and end users' sessions. */
public final class BackendDoveadmSettings {

    public static final Setting<Integer> PORT = Setting.named(
                    "cluster_backend_doveadm_http_port", wholeNumber(1, 65_535))
            .description("""
                    The port of backends' doveadm HTTP APIs. Commands of doveadm's that reach a node and are not of the
                    cluster go there, to the backend of the user they name; so does 'cluster kick'. Controllers ask there
                    which sessions a user has, and end them.""")
            .withDefault(8080);

    public static final Setting<Optional<String>> KEY = Setting.named("cluster_backend_doveadm_key", text())
            .description("The doveadm_api_key of backends. Without it they are not asked.")
            .secret()
            .optional();

    public static final SettingsGroup GROUP = SettingsGroup.of(
            "backenddoveadm",
            "Doveadm of backends",
            "How Dovecot's doveadm on backends is reached. Nodes and controllers of a site read the same.",
            PORT,
            KEY);

    private BackendDoveadmSettings() {}
}
