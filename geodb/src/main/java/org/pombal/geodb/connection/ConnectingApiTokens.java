package org.pombal.geodb.connection;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.ApiTokens;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.access.ApiToken;

/** Tokens of the GeoDB once it is connected. */
record ConnectingApiTokens(ConnectingGeoDb geoDb) implements ApiTokens {

    @Override
    public CompletionStage<List<ApiToken>> list() {
        return geoDb.ask(db -> db.apiTokens().list());
    }

    @Override
    public CompletionStage<Optional<ApiToken>> find(String id, ReadLevel level) {
        return geoDb.ask(db -> db.apiTokens().find(id, level));
    }

    @Override
    public CompletionStage<Cas<ApiToken>> write(ApiToken next) {
        return geoDb.ask(db -> db.apiTokens().write(next));
    }
}
