package org.pombal.node.doveadm;

/** A request that cannot be read; nothing of it was carried out. */
final class BadRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message in doveadm's words, for a client of doveadm */
    BadRequestException(String message) {
        super(message);
    }
}
