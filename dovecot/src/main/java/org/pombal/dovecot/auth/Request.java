package org.pombal.dovecot.auth;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a relay has to remember of a request until the reply comes. Never anything secret.
 *
 * @param id as the client chose it, unsigned 32 bit
 * @param protocol what the mail user speaks; empty if the request names none that is known
 * @param dialect which generation of Dovecot asks
 * @param session Dovecot's session id, empty text if the request has none
 * @param redirect what a 2.4 proxy says when it asks again because a backend referred it elsewhere
 * @param hop what the node of the hop before this one said
 * @param login which login a mail process asks about; only of {@link Kind#MASTER}
 * @param plain whether the mechanism is PLAIN
 */
public record Request(
        Kind kind,
        long id,
        Optional<MailProtocol> protocol,
        Dialect dialect,
        String session,
        Optional<Redirect> redirect,
        PreviousHop hop,
        Optional<LoginReference> login,
        boolean plain) {

    public Request {
        requireNonNull(kind, "kind is null");
        requireNonNull(protocol, "protocol is null");
        requireNonNull(dialect, "dialect is null");
        requireNonNull(session, "session is null");
        requireNonNull(redirect, "redirect is null");
        requireNonNull(hop, "hop is null");
        requireNonNull(login, "login is null");
    }

    /** Which command asked. */
    public enum Kind {
        /** {@code AUTH}: authenticate; answered by {@code OK}, {@code CONT} or {@code FAIL}. */
        AUTH,
        /** {@code PASS}: passdb lookup without authentication. */
        PASS,
        /** {@code USER}: userdb lookup. */
        USER,
        /** {@code LIST}: all users, a {@code LIST} line each, then {@code DONE}. */
        LIST,
        /** {@code REQUEST}: a mail process takes over a login that auth has accepted; answered by {@code USER}. */
        MASTER
    }

    /** Which generation of Dovecot wrote the request; told apart by how it names the mail protocol. */
    public enum Dialect {
        /** {@code service=}. */
        V2_3,
        /** {@code protocol=}; understands {@code proxy_redirect_reauth}. */
        V2_4
    }
}
