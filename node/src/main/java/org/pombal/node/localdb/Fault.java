package org.pombal.node.localdb;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What an error says of the file, which decides what is done about it. */
enum Fault {
    /** The content cannot be trusted: the file is put aside and begun anew. */
    BROKEN,
    /** The file is whole, but what it says is of no use: it is removed and begun anew. */
    OUTDATED,
    /** Nothing is wrong with the content; the file cannot be opened or written now. It is tried again later. */
    HINDERED;

    /**
     * Judges an error of SQLite by its result code (sqlite.org/rescode.html). What neither the file system nor a lock
     * explains is taken for a broken file, since a cache is rebuilt sooner than understood.
     */
    static Fault of(SQLException error) {
        if (!(error instanceof SQLiteException sqlite)) {
            return HINDERED;
        }
        SQLiteErrorCode code = sqlite.getResultCode();
        return switch (code) {
            case SQLITE_IOERR_CORRUPTFS, SQLITE_IOERR_DATA, SQLITE_IOERR_SHORT_READ -> BROKEN;
            default -> ofPrimary(code.code & 0xff);
        };
    }

    private static Fault ofPrimary(int code) {
        SQLiteErrorCode primary = SQLiteErrorCode.getErrorCode(code);
        return switch (primary) {
            case SQLITE_FULL,
                    SQLITE_IOERR,
                    SQLITE_READONLY,
                    SQLITE_BUSY,
                    SQLITE_LOCKED,
                    SQLITE_PROTOCOL,
                    SQLITE_CANTOPEN,
                    SQLITE_PERM,
                    SQLITE_AUTH,
                    SQLITE_NOMEM,
                    SQLITE_NOLFS,
                    SQLITE_INTERRUPT,
                    SQLITE_ABORT -> HINDERED;
            default -> BROKEN;
        };
    }
}
