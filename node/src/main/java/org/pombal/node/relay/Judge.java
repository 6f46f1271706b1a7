package org.pombal.node.relay;

import org.pombal.dovecot.auth.ServerLine;

/**
 * Decides about requests and their successful replies: what differs between a node beside a proxy and one beside a
 * backend. Called on event loops: never blocks. A stage that it returns must complete, within seconds, whatever happens.
 *
 * <p>Where a reply is judged, the line holds it in {@code [from, to)}, without newline, and is valid only during the call.
 */
public interface Judge {

    /** A client asks. {@link Verdict.Forward} lets Dovecot's auth answer. */
    Verdict onRequest(Exchange exchange, byte[] line, int from, int to);

    /** Dovecot's auth answered with success: {@code OK} or {@code PASS}. */
    Verdict onSuccess(Exchange exchange, ServerLine.Succeeded reply, byte[] line, int from, int to);

    /** The userdb knows the user. */
    default Verdict onFound(Exchange exchange, ServerLine.Found reply) {
        return Verdict.FORWARD;
    }

    /** One user of a list. */
    default Verdict onListed(Exchange exchange, ServerLine.Listed reply) {
        return Verdict.FORWARD;
    }

    /** Whether what clients say by the mechanism PLAIN is to be kept while their requests are open. */
    default boolean needsCredentials() {
        return false;
    }
}
