package org.pombal.node.relay;

import org.pombal.dovecot.auth.Request;
import org.pombal.dovecot.auth.ServerLine;

/**
 * Decides about requests and their successful replies: what differs between a node beside a proxy and one beside a
 * backend. Called on event loops: never blocks. A stage that it returns must complete, within seconds, whatever happens.
 */
public interface Judge {

    /** A client asks. {@link Verdict.Forward} lets Dovecot's auth answer. */
    Verdict onRequest(Request request);

    /**
     * Dovecot's auth answered the request with success.
     *
     * @param line holds the reply in {@code [from, to)}, without newline; valid only during the call
     */
    Verdict onSuccess(Request request, ServerLine.Succeeded reply, byte[] line, int from, int to);
}
