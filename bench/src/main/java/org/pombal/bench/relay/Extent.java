package org.pombal.bench.relay;

import java.util.List;

/**
 * How much is measured.
 *
 * @param withGeoDb whether the node follows a Cassandra
 * @param rounds of every relay in turn
 * @param connections as many as login processes
 * @param inFlight requests in flight on all connections together
 * @param perSecond requests a second, one by one
 * @param warmUpSeconds of each load, before the first round
 * @param seconds of each load in a round
 * @param users how many different users log in meanwhile
 * @param knownUsers at which numbers of known users the memory is measured, growing
 */
record Extent(
        boolean withGeoDb,
        int rounds,
        int connections,
        int inFlight,
        int perSecond,
        int warmUpSeconds,
        int seconds,
        int users,
        List<Integer> knownUsers) {

    static final Extent FULL = new Extent(true, 7, 10, 1000, 5000, 15, 3, 10_000, List.of(1000, 100_000, 1_000_000));

    /** To see that everything works; its figures mean nothing. */
    static final Extent QUICK = new Extent(false, 1, 4, 200, 1000, 1, 1, 1000, List.of(1000, 5000));
}
