package org.pombal.geodb;

import java.time.Instant;

/** What the contracts are tried on. */
public interface GeoDbFixture {

    GeoDb geoDb();

    /** Another writer to the same store. */
    GeoDb another();

    /** The time by the writers' clocks. */
    Instant now();

    /** How many rows are many; fewer where each costs more, and hundreds say no more than dozens. */
    default int many() {
        return 2000;
    }

    /** What befalls the next compare-and-sets of {@link #geoDb()}. */
    Faults faults();

    /** Faults as both implementations can have them. */
    interface Faults {

        /** The next {@code count} compare-and-sets are carried out, and their answers lost. */
        void loseAnswers(int count);

        /** The next {@code count} compare-and-sets are lost on the way, which looks the same. */
        void loseRequests(int count);

        /** The next {@code count} compare-and-sets are refused. */
        void refuse(int count);
    }
}
