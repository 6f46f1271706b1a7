package org.pombal.controller.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.net.URI;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a browser keeps in a cookie while its user is at the issuer. Nobody else can end the login that it began.
 *
 * @param state comes back with the browser: the answer belongs to this login
 * @param nonce comes back in the ID token: so does the token
 * @param verifier proves to the issuer that who began the login ends it (PKCE, RFC 7636)
 * @param then the page of ours to go to afterwards
 */
public record LoginAttempt(State state, Nonce nonce, CodeVerifier verifier, String then) {

    private static final Pattern PAGE = Pattern.compile("/([^/\\\\\\p{Cntrl}][^\\\\\\p{Cntrl}]{0,1000})?");
    private static final int PARTS = 4;

    public LoginAttempt {
        requireNonNull(state, "state is null");
        requireNonNull(nonce, "nonce is null");
        requireNonNull(verifier, "verifier is null");
        if (!PAGE.matcher(then).matches()) {
            throw new IllegalArgumentException("not a path of this server, beginning with one '/'");
        }
        URI.create(then);
    }

    public URI page() {
        return URI.create(then);
    }

    /** @throws IllegalArgumentException if {@code then} is no page of this server */
    public static LoginAttempt begun(String then) {
        return new LoginAttempt(new State(), new Nonce(), new CodeVerifier(), then);
    }

    /** Without what proves that a browser began it. */
    @Override
    public String toString() {
        return "a login to " + then;
    }

    /** As it stands in the cookie. */
    public String text() {
        return state.getValue() + "." + nonce.getValue() + "." + verifier.getValue() + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(then.getBytes(UTF_8));
    }

    /** Empty if it is none. */
    public static Optional<LoginAttempt> parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            String then = new String(Base64.getUrlDecoder().decode(parts[3]), UTF_8);
            return Optional.of(
                    new LoginAttempt(new State(parts[0]), new Nonce(parts[1]), new CodeVerifier(parts[2]), then));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
