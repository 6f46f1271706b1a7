package org.pombal.node.localdb;

import java.sql.SQLException;
import org.sqlite.NativeLibraryNotFoundException;

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
        return new StoreException(Fault.of(error), withCause(error), error);
    }

    /** Rows were read that this release could not have written. */
    static StoreException ofContent(RuntimeException error) {
        return new StoreException(Fault.BROKEN, "a row makes no sense: " + error.getMessage(), error);
    }

    /** That SQLite's native library could not be unpacked, say, stands only in the cause. */
    private static String withCause(SQLException error) {
        Throwable cause = error.getCause();
        if (cause == null) {
            return String.valueOf(error.getMessage());
        }
        String hint = cause instanceof NativeLibraryNotFoundException
                ? "; the folder for temporary files must allow programs (set another one by -Dorg.sqlite.tmpdir)"
                : "";
        return error.getMessage() + " (" + cause + ")" + hint;
    }

    Fault fault() {
        return fault;
    }
}
