package org.pombal.node.session;

import org.pombal.model.ownership.Urgency;
import org.pombal.model.user.UserKey;

/** Ends sessions of this backend. Nothing is answered: whoever wants to know looks at the counted sessions. */
public interface SessionEnds {

    /**
     * Ends the user's sessions. Only {@link Urgency#FORCED} is for sure.
     */
    void end(UserKey user, Urgency urgency);

    /** Ends the processes of which the user is not known. */
    void endOlder();
}
