package org.pombal.model.node;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a node last said of itself.
 *
 * @param host name of the machine, as its kernel has it
 * @param version of Pombal
 * @param dovecot version of the Dovecot beside it; empty if that does not tell
 * @param dataCentre Cassandra's, through which the node writes; GeoDB's rows of the site are written through this one only
 * @param peer where the site's other nodes reach it, as {@code host:port}; empty if it takes no part in votes
 * @param startedAt when the node's process started
 * @param seenAt when it reported, by its own clock
 * @param interval how often it reports; says when the next report is due
 * @param lag how long ago the node was in step with GeoDB; empty if it never was
 */
public record NodeReport(
        NodeId id,
        String host,
        String version,
        Optional<String> dovecot,
        String dataCentre,
        Optional<String> peer,
        Instant startedAt,
        Instant seenAt,
        Duration interval,
        Optional<Duration> lag) {

    /** How many reports may be missing before the node counts as gone. */
    static final int MISSING = 3;

    /** For clocks that differ and for writes that take their time. */
    static final Duration GRACE = Duration.ofSeconds(5);

    public NodeReport {
        requireNonNull(id, "id is null");
        requireNonNull(host, "host is null");
        requireNonNull(version, "version is null");
        requireNonNull(dovecot, "dovecot is null");
        requireNonNull(dataCentre, "dataCentre is null");
        requireNonNull(peer, "peer is null");
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(seenAt, "seenAt is null");
        requireNonNull(interval, "interval is null");
        requireNonNull(lag, "lag is null");
    }

    /** Time since the report; zero if the node's clock is ahead. */
    public Duration age(Instant now) {
        Duration age = Duration.between(seenAt, now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** How long a node may be silent: {@value #MISSING} of its intervals and 5 s. */
    public Duration staleAfter() {
        return interval.multipliedBy(MISSING).plus(GRACE);
    }

    /** Whether the node has been silent for longer than that: it is stopped, or cut off from GeoDB. */
    public boolean isStale(Instant now) {
        return age(now).compareTo(staleAfter()) > 0;
    }
}
