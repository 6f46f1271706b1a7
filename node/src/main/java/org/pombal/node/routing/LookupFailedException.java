package org.pombal.node.routing;

/** A user cannot be routed for now. The message says why; a later try may succeed. */
final class LookupFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LookupFailedException(String reason) {
        super(reason, null, false, false);
    }
}
