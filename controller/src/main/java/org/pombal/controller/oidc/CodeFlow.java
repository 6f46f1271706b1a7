package org.pombal.controller.oidc;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Login of a person with a browser: OpenID Connect's Authorization Code flow, with PKCE. Calls may take some seconds. */
final class CodeFlow {

    /**
     * As whom the controller is known at the issuer.
     *
     * @param publicUrl of this controller, without a path
     */
    record Client(String id, Optional<String> secret, List<String> scopes, URI publicUrl) {

        URI callback() {
            return publicUrl.resolve(OpenIdConnect.CALLBACK);
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "client " + id + " at " + publicUrl;
        }
    }

    private final Issuer issuer;
    private final Client client;
    private final Transport transport;
    private final Duration skew;
    private final ClaimReader reader;

    CodeFlow(Issuer issuer, Client client, Transport transport, Duration skew, ClaimReader reader) {
        this.issuer = requireNonNull(issuer, "issuer is null");
        this.client = requireNonNull(client, "client is null");
        this.transport = requireNonNull(transport, "transport is null");
        this.skew = requireNonNull(skew, "skew is null");
        this.reader = requireNonNull(reader, "reader is null");
    }

    /** Where the browser is sent to. */
    URI begin(LoginAttempt attempt) throws IssuerAwayException {
        return new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        new Scope(client.scopes().toArray(String[]::new)),
                        new ClientID(client.id()),
                        client.callback())
                .endpointURI(issuer.metadata().getAuthorizationEndpointURI())
                .state(attempt.state())
                .nonce(attempt.nonce())
                .codeChallenge(attempt.verifier(), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /**
     * Who came back from the issuer.
     *
     * @param code that the browser brought
     */
    Person end(LoginAttempt attempt, String code) throws RefusedException, IssuerAwayException {
        JWT idToken = redeem(attempt, code);
        IDTokenValidator validator = new IDTokenValidator(
                new com.nimbusds.oauth2.sdk.id.Issuer(issuer.name()), new ClientID(client.id()), issuer.keys(), null);
        validator.setMaxClockSkew((int) skew.toSeconds());
        try {
            return reader.person(validator
                    .validate(idToken, attempt.nonce())
                    .toJWTClaimsSet()
                    .getClaims());
        } catch (BadJOSEException | com.nimbusds.oauth2.sdk.ParseException e) {
            throw new RefusedException("the ID token is not good: " + e.getMessage(), e);
        } catch (KeySourceException e) {
            throw issuer.withoutKey(e);
        } catch (JOSEException e) {
            throw new RefusedException("the ID token cannot be checked: " + e.getMessage(), e);
        }
    }

    /** Where the browser is sent to if the session at the issuer is to end too; empty if the issuer has no such place. */
    Optional<URI> endSession() throws IssuerAwayException {
        return Optional.ofNullable(issuer.metadata().getEndSessionEndpointURI()).map(place -> new LogoutRequest(
                        place, null, null, new ClientID(client.id()), client.publicUrl(), null, null)
                .toURI());
    }

    private JWT redeem(LoginAttempt attempt, String code) throws RefusedException, IssuerAwayException {
        OIDCProviderMetadata metadata = issuer.metadata();
        AuthorizationCodeGrant grant =
                new AuthorizationCodeGrant(new AuthorizationCode(code), client.callback(), attempt.verifier());
        URI endpoint = metadata.getTokenEndpointURI();
        TokenRequest request = authentication(metadata)
                .map(authentication -> new TokenRequest.Builder(endpoint, authentication, grant))
                .orElseGet(() -> new TokenRequest.Builder(endpoint, new ClientID(client.id()), grant))
                .build();
        TokenResponse response;
        try {
            HTTPResponse answer = transport.prepared(request.toHTTPRequest()).send();
            if (answer.getStatusCode() >= HTTPResponse.SC_SERVER_ERROR) {
                throw new IOException("status " + answer.getStatusCode());
            }
            response = OIDCTokenResponseParser.parse(answer);
        } catch (IOException | com.nimbusds.oauth2.sdk.ParseException e) {
            throw new IssuerAwayException("the issuer's " + endpoint + " does not answer: " + e.getMessage(), e);
        }
        if (!response.indicatesSuccess()) {
            throw new RefusedException("the issuer does not take the code: "
                    + response.toErrorResponse().getErrorObject());
        }
        JWT idToken = ((OIDCTokenResponse) response).getOIDCTokens().getIDToken();
        if (idToken == null) {
            throw new RefusedException("the issuer sent no ID token");
        }
        return idToken;
    }

    /** In the way that the issuer knows: by the standard the one with a header, if it says nothing. */
    private Optional<ClientAuthentication> authentication(OIDCProviderMetadata metadata) {
        List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
        boolean inBody = methods != null
                && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        return client.secret()
                .map(Secret::new)
                .map(secret -> inBody
                        ? new ClientSecretPost(new ClientID(client.id()), secret)
                        : new ClientSecretBasic(new ClientID(client.id()), secret));
    }
}
