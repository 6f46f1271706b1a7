package org.pombal.geodb.cassandra;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Optional;

/**
 * Cassandra's answer to a compare-and-set.
 *
 * @param existing of one that was not applied: the row that stood in the way, as far as the condition names it
 * @param askedAgain the first answer was lost and this is the second: that one may have been applied before
 */
record CasReply(boolean applied, Optional<Row> existing, boolean askedAgain) {

    CasReply {
        requireNonNull(existing, "existing is null");
    }
}
