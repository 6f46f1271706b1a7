package org.pombal.geodb.connection;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Leases;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;

/** Leases of the GeoDB once it is connected. */
record ConnectingLeases(ConnectingGeoDb geoDb) implements Leases {

    @Override
    public CompletionStage<Optional<Lease>> find(LeaseId id, ReadLevel level) {
        return geoDb.ask(db -> db.leases().find(id, level));
    }

    @Override
    public CompletionStage<Optional<Instant>> writtenAt(LeaseId id) {
        return geoDb.ask(db -> db.leases().writtenAt(id));
    }

    @Override
    public CompletionStage<Cas<Lease>> replace(Optional<Lease> expected, Lease next) {
        return geoDb.ask(db -> db.leases().replace(expected, next));
    }
}
