package org.pombal.node.peer;

/** Another node was asked and did not answer, or not what was asked. The message says who, where and why. */
public final class PeerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PeerException(String message) {
        super(message);
    }
}
