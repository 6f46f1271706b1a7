package org.pombal.node.relay;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pombal.dovecot.auth.PlainCredentials;
import org.pombal.dovecot.auth.Request;

/** A request that is open: from its line until its last answer. Confined to one event loop. */
public final class Exchange {

    private final Request request;
    private final Peer peer;
    private final long loginPid;
    private byte @Nullable [] response;
    private @Nullable Listing listing;

    Exchange(Request request, Peer peer, long loginPid) {
        this.request = requireNonNull(request, "request is null");
        this.peer = requireNonNull(peer, "peer is null");
        this.loginPid = loginPid;
    }

    public Request request() {
        return request;
    }

    /** Who asks. */
    public Peer peer() {
        return peer;
    }

    /** The process id that a login process gave; 0 on sockets where none is given. */
    public long loginPid() {
        return loginPid;
    }

    /** What the client said, if the mechanism is PLAIN and the judge {@linkplain Judge#needsCredentials() asked for it}. */
    public Optional<PlainCredentials> credentials() {
        return response == null ? Optional.empty() : PlainCredentials.decode(response);
    }

    void keepResponse(byte[] base64) {
        forgetResponse();
        response = base64;
    }

    /** To be called when the request is over. */
    void forgetResponse() {
        if (response != null) {
            Arrays.fill(response, (byte) 0);
            response = null;
        }
    }

    /** The users of a {@code LIST} that are being judged. */
    Listing listing() {
        if (listing == null) {
            listing = new Listing();
        }
        return listing;
    }
}
