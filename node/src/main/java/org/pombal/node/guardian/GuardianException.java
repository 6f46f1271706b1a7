package org.pombal.node.guardian;

/** The guardian did not do what it was asked: it is away, refuses, or does not answer. The message says which. */
public final class GuardianException extends Exception {

    private static final long serialVersionUID = 1L;

    public GuardianException(String message) {
        super(message);
    }
}
