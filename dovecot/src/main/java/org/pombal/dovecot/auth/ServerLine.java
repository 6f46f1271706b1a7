package org.pombal.dovecot.auth;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;

/** A line from auth to a login, lmtp or doveadm process, as far as a relay has to understand it. */
public sealed interface ServerLine {

    /**
     * {@code OK} or {@code PASS}: the request succeeded.
     *
     * @param user the authenticated user ({@code user=}); empty if the line names none or one that is not UTF-8
     * @param destuser the name under which the proxy logs in ({@code destuser=})
     * @param proxy the session is to be proxied
     * @param hasHost the passdb chose the destination itself
     * @param hasPort the passdb chose the port itself
     * @param hasTls the passdb chose {@code ssl=} or {@code starttls=} itself
     * @param nologin the user must not log in here, although the password is right
     * @param tag name of the tag ({@code cluster_tag=}) of the sites on which the user may live
     */
    record Succeeded(
            long id,
            Optional<String> user,
            Optional<String> destuser,
            boolean proxy,
            boolean hasHost,
            boolean hasPort,
            boolean hasTls,
            boolean nologin,
            Optional<String> tag)
            implements ServerLine {

        public Succeeded {
            requireNonNull(user, "user is null");
            requireNonNull(destuser, "destuser is null");
            requireNonNull(tag, "tag is null");
        }
    }

    /**
     * {@code USER}: the userdb knows the user.
     *
     * @param user his name; empty if it is not UTF-8
     * @param uid the user id that his mail belongs to; empty if the line names none that is a number
     */
    record Found(long id, Optional<String> user, OptionalLong uid) implements ServerLine {

        public Found {
            requireNonNull(user, "user is null");
            requireNonNull(uid, "uid is null");
        }
    }

    /**
     * {@code LIST}: one of the users that were asked for.
     *
     * @param user empty if it is not UTF-8
     */
    record Listed(long id, Optional<String> user) implements ServerLine {

        public Listed {
            requireNonNull(user, "user is null");
        }
    }

    /** {@code FAIL}, {@code NOTFOUND} or {@code DONE}: the request is over, nothing to route. */
    record Ended(long id) implements ServerLine {}

    /** Handshake, {@code CONT}, or a line of a later protocol version. */
    record Other() implements ServerLine {}
}
