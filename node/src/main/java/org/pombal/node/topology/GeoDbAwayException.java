package org.pombal.node.topology;

/** GeoDB did not answer a step of the synchronisation. */
public final class GeoDbAwayException extends Exception {

    private static final long serialVersionUID = 1L;

    GeoDbAwayException(Throwable cause) {
        super(cause.toString(), cause);
    }
}
