package org.pombal.controller.api;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.pombal.controller.http.Items;
import org.pombal.controller.security.Roles;
import org.pombal.settings.Settings;

/** The settings in force. */
@Tag(name = "Settings")
@Controller("/api/v1/settings")
@Secured(Roles.VIEWER)
final class SettingsRoutes {

    /**
     * A setting.
     *
     * @param value what is in force; that of a secret is not shown
     * @param origin where it was set: a file, a variable, or nowhere
     */
    @Schema(name = "Setting")
    record SettingBody(String name, String value, String origin) {}

    private final Settings settings;

    SettingsRoutes(Settings settings) {
        this.settings = settings;
    }

    /** Lists the settings in force in this controller. */
    @Get
    Items<SettingBody> list() {
        return Items.all(settings.inForce().stream()
                .map(setting -> new SettingBody(
                        setting.name(), setting.value(), setting.origin().toString()))
                .toList());
    }
}
