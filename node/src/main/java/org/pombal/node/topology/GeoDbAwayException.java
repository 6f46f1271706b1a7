package org.pombal.node.topology;

/** GeoDB did not answer a step of the synchronisation. */
public final class GeoDbAwayException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    GeoDbAwayException(Throwable cause) {
        super(cause);
        this.reason = cause.toString();
    }

    /** What GeoDB or the driver said. */
    public String reason() {
        return reason;
    }
}
