package org.pombal.node.localdb;

import java.sql.SQLException;

/** The file could not be used; the message says why, in words for an operator. */
final class StoreException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Fault fault;

    StoreException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    private StoreException(Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    static StoreException of(SQLException error) {
        return new StoreException(Fault.of(error), String.valueOf(error.getMessage()), error);
    }

    /** Rows were read that this release could not have written. */
    static StoreException ofContent(RuntimeException error) {
        return new StoreException(Fault.BROKEN, "a row makes no sense: " + error.getMessage(), error);
    }

    Fault fault() {
        return fault;
    }
}
