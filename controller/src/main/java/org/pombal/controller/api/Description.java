package org.pombal.controller.api;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;

/** What the API's description says at its top. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Pombal controller",
                        version = "v1",
                        description = "Sites, backends, groups and users of a cluster of Dovecot servers. Errors are"
                                + " application/problem+json. Changes carry a reason in X-Pombal-Reason if one is given,"
                                + " and with If-Match change only what the caller saw.",
                        license = @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")),
        security = {@SecurityRequirement(name = "token"), @SecurityRequirement(name = "basic")})
@SecurityScheme(
        name = "token",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description = "A token, as POST /api/v1/tokens makes it.")
@SecurityScheme(
        name = "basic",
        type = SecuritySchemeType.HTTP,
        scheme = "basic",
        description = "The token's name as the user and the token as the password.")
final class Description {

    private Description() {}
}
