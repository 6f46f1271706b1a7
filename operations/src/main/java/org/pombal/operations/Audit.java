package org.pombal.operations;

import static java.util.Objects.requireNonNull;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down who changed what, as one log event each.
 *
 * @param operator who asks, as the way he came in knows him
 */
public record Audit(String operator) {

    /** What an operator reads when the promise of ownership is suspended; what follows says for which sessions. */
    static final String SUSPENDED = "the promise that a user is served by one backend at a time is suspended for ";

    private static final Logger log = LoggerFactory.getLogger("org.pombal.audit");

    public Audit {
        requireNonNull(operator, "operator is null");
    }

    /** A change that was made. */
    public void changed(String what) {
        log.atInfo()
                .addKeyValue("event", "cluster_audit")
                .addKeyValue("operator", operator)
                .log("{}", what);
    }

    /** A change that was made past a safety check. */
    void forced(String what) {
        log.atWarn()
                .addKeyValue("event", "cluster_audit")
                .addKeyValue("operator", operator)
                .addKeyValue("forced", true)
                .log("{}, past the safety checks", what);
    }

    /** A change by which two backends may serve a user at the same time. */
    void suspended(String what) {
        log.atWarn()
                .addKeyValue("event", "cluster_audit")
                .addKeyValue("operator", operator)
                .addKeyValue("forced", true)
                .addKeyValue("promise", "suspended")
                .log("{}; two backends may serve a user at the same time", what);
    }
}
