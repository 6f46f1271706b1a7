package org.pombal.controller.browser;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.pombal.controller.http.ProblemException;
import org.pombal.controller.oidc.Person;
import org.pombal.controller.settings.OidcSettings;
import org.pombal.settings.Settings;

/** Begins, recognises and ends the sessions of browsers. */
@Singleton
final class BrowserSessions {

    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Optional<URI> publicUrl;
    private final BrowserCookies cookies;
    private final Sessions sessions;

    BrowserSessions(Settings settings, InstantSource clock) {
        this.publicUrl = settings.get(OidcSettings.PUBLIC_URL);
        this.cookies = new BrowserCookies(
                publicUrl.filter(url -> "https".equals(url.getScheme())).isPresent());
        this.sessions = new Sessions(
                settings.get(OidcSettings.SESSION_KEY), settings.get(OidcSettings.SESSION_LIFETIME), clock);
    }

    /** The session that a request belongs to, if it has not ended. */
    Optional<Session> of(HttpRequest<?> request) {
        return publicUrl.isEmpty() ? Optional.empty() : cookies.session(request).flatMap(sessions::open);
    }

    /**
     * Makes sure that a request which may change something was made by a page of ours: a browser sends its cookies with requests of
     * any page of the same site, and says whose page it is.
     */
    void requireOwnPage(HttpRequest<?> request) {
        if (READS.contains(request.getMethod())) {
            return;
        }
        Optional<String> origin = request.getHeaders().getOrigin();
        if (origin.filter(this::isOurs).isEmpty()) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "a browser's session changes things only from pages of CONTROLLER_PUBLIC_URL, and this request comes"
                            + " from elsewhere; programs use a token");
        }
    }

    private boolean isOurs(String origin) {
        return publicUrl
                .filter(url -> url.toString().toLowerCase(Locale.ROOT).equals(origin.toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    BrowserCookies cookies() {
        return cookies;
    }

    /** Lets a person in for as long as a session lasts. */
    <T> MutableHttpResponse<T> begin(Person person, MutableHttpResponse<T> response) {
        Session session = sessions.begin(
                person.name(),
                person.role()
                        .orElseThrow(() -> new ProblemException(
                                HttpStatus.FORBIDDEN,
                                person.name() + " has no role here: the issuer gives none that CONTROLLER_OIDC_ROLES"
                                        + " names")));
        return response.cookie(cookies.session(sessions.seal(session), sessions.lifetime()))
                .cookie(cookies.noAttempt());
    }

    /** Ends the session that the request belongs to, if any. */
    <T> MutableHttpResponse<T> end(HttpRequest<?> request, MutableHttpResponse<T> response) {
        of(request).ifPresent(sessions::end);
        return response.cookie(cookies.noSession());
    }
}
