package org.pombal.geodb;

/** A change may or may not have happened, and reading back did not settle it. */
public final class UnknownOutcomeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what was tried and why its outcome is not known */
    public UnknownOutcomeException(String message, Throwable cause) {
        super(message, cause);
    }
}
