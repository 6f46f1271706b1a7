package org.pombal.geodb;

/** Is told of each request to the database, when it has been answered or given up. Called by any thread; must not block. */
@FunctionalInterface
public interface RequestObserver {

    /** Wants to know nothing. */
    RequestObserver NONE = (kind, succeeded, nanos) -> {};

    /** What a request costs the database depends most on this. */
    enum Kind {
        /** Of a quorum. */
        READ,
        /** At the serial level: settles compare-and-sets that are under way. */
        SERIAL_READ,
        /** Without condition; several at once to one partition are one. */
        WRITE,
        COMPARE_AND_SET
    }

    /**
     * @param succeeded whether it was carried out, as far as is known; a compare-and-set that lost was
     * @param nanos from when it was sent; a repetition is a request of its own
     */
    void answered(Kind kind, boolean succeeded, long nanos);
}
