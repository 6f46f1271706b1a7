package org.pombal.dovecot.doveadm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Base64;

/**
 * How Dovecot's doveadm is reached.
 *
 * @param uri with path {@code /doveadm/v1}
 * @param apiKey Dovecot's {@code doveadm_api_key}
 */
public record DoveadmAccess(URI uri, String apiKey) {

    public DoveadmAccess {
        requireNonNull(uri, "uri is null");
        requireNonNull(apiKey, "apiKey is null");
    }

    String authorization() {
        return "X-Dovecot-API " + Base64.getEncoder().encodeToString(apiKey.getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
