package org.pombal.controller.oidc;

/** What was brought proves nothing. The message is for the log: whoever brought it is not told what is wrong with it. */
public final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedException(String reason) {
        super(reason);
    }

    RefusedException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
