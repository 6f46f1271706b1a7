package org.pombal.geodb;

/** How much a read has to see. */
public enum ReadLevel {
    /** A quorum of the local data centre: sees each finished change made there. */
    QUORUM,
    /** Linearizable at the table's serial level: settles compare-and-sets that are in flight, and costs as much as one. */
    SERIAL
}
