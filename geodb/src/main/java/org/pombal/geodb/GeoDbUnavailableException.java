package org.pombal.geodb;

/** GeoDB did not answer, or answered with an error, and nothing was changed. A later try may succeed. */
public final class GeoDbUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what was tried and why it failed */
    public GeoDbUnavailableException(String message) {
        super(message);
    }

    /** @param message what was tried and why it failed */
    public GeoDbUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
