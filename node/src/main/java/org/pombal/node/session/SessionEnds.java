package org.pombal.node.session;

import org.pombal.model.user.UserKey;

/** Ends sessions of this backend. Nothing is answered: whoever wants to know looks at the counted sessions. */
public interface SessionEnds {

    /**
     * Ends all sessions of the user.
     *
     * @param force at once and for sure (SIGKILL), not by asking the processes to end (SIGTERM)
     */
    void end(UserKey user, boolean force);

    /** Ends the processes of which the user is not known. */
    void endOlder();
}
