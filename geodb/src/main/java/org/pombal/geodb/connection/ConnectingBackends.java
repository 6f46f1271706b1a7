package org.pombal.geodb.connection;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Backends;
import org.pombal.geodb.Cas;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.SiteId;

/** Backends of the GeoDB once it is connected. */
record ConnectingBackends(ConnectingGeoDb geoDb) implements Backends {

    @Override
    public CompletionStage<List<Backend>> list(SiteId site) {
        return geoDb.ask(db -> db.backends().list(site));
    }

    @Override
    public CompletionStage<Optional<Backend>> find(HostName host) {
        return geoDb.ask(db -> db.backends().find(host));
    }

    @Override
    public CompletionStage<Cas<Backend>> create(Backend backend) {
        return geoDb.ask(db -> db.backends().create(backend));
    }

    @Override
    public CompletionStage<Cas<Backend>> update(Backend backend) {
        return geoDb.ask(db -> db.backends().update(backend));
    }

    @Override
    public CompletionStage<Cas<Backend>> retire(Backend backend) {
        return geoDb.ask(db -> db.backends().retire(backend));
    }
}
