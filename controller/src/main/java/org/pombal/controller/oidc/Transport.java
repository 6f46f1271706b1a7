package org.pombal.controller.oidc;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.pombal.controller.settings.Authorities;
import org.pombal.controller.settings.OidcSettings;

/**
 * How the issuer is asked: not for long, and only where its description says.
 *
 * @param tls empty to trust whom Java trusts
 */
record Transport(Optional<SSLSocketFactory> tls) {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 5_000;
    private static final int MAX_BYTES = 256 * 1024;

    Transport {
        requireNonNull(tls, "tls is null");
    }

    /**
     * @param authorities file in PEM with the certificates that may sign the issuer's
     * @throws IOException if it cannot be used
     */
    static Transport trusting(Optional<Path> authorities) throws IOException {
        return new Transport(authorities.isPresent() ? Optional.of(trust(authorities.get())) : Optional.empty());
    }

    private static SSLSocketFactory trust(Path authorities) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    null,
                    Authorities.in(authorities, OidcSettings.CA_FILE.name()).getTrustManagers(),
                    null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    /** Prepares a request so that it ends in time. */
    HTTPRequest prepared(HTTPRequest request) {
        request.setConnectTimeout(CONNECT_MILLIS);
        request.setReadTimeout(READ_MILLIS);
        request.setFollowRedirects(false);
        tls.ifPresent(request::setSSLSocketFactory);
        return request;
    }

    ResourceRetriever retriever() {
        return tls.map(factory -> new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MAX_BYTES, true, factory))
                .orElseGet(() -> new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MAX_BYTES));
    }
}
