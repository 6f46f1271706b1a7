package org.pombal.node.peer;

/** A message is not what it should be; says in what. */
final class BadMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    BadMessageException(String message) {
        super(message);
    }
}
