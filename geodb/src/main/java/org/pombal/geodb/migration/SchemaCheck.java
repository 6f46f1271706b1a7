package org.pombal.geodb.migration;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import org.pombal.geodb.GeoDbUnavailableException;

/** Looks, before anything is read or written, whether a keyspace's schema is one that this release can work with. */
public final class SchemaCheck {

    private final SchemaLedger ledger;
    private final String keyspace;
    private final List<Migration> known;

    public SchemaCheck(CqlSession session, String keyspace) {
        this(session, keyspace, Migration.ALL);
    }

    SchemaCheck(CqlSession session, String keyspace, List<Migration> known) {
        this.ledger = new SchemaLedger(session, keyspace);
        this.keyspace = requireNonNull(keyspace, "keyspace is null");
        this.known = List.copyOf(known);
    }

    /** Asks Cassandra, and blocks. */
    public SchemaState state() {
        Optional<NavigableSet<SchemaVersion>> applied = ledger.applied();
        if (applied.isEmpty() || applied.get().isEmpty()) {
            return new SchemaState.Missing(keyspace);
        }
        SchemaVersion found = applied.get().last();
        SchemaVersion needed = known.get(known.size() - 1).version();
        if (found.major() > needed.major()) {
            return new SchemaState.TooNew(keyspace, found, needed);
        }
        boolean complete = known.stream().map(Migration::version).allMatch(applied.get()::contains);
        return complete ? new SchemaState.Usable(keyspace, found) : new SchemaState.TooOld(keyspace, found, needed);
    }

    /** @throws GeoDbUnavailableException unless the schema is usable, with what to do */
    public void require() {
        SchemaState state = state();
        if (!(state instanceof SchemaState.Usable)) {
            throw new GeoDbUnavailableException(state.message());
        }
    }
}
