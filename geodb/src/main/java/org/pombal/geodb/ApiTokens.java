package org.pombal.geodb;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.model.access.ApiToken;

/** Keys to the controllers' API; valid in all sites. Some hundreds at most; serial level SERIAL. */
public interface ApiTokens {

    /** All of them, expired and revoked ones too, in the order of their names and ids. */
    CompletionStage<List<ApiToken>> list();

    CompletionStage<Optional<ApiToken>> find(String id, ReadLevel level);

    /** Adds a token of version 1, or replaces one that still has the version before. */
    CompletionStage<Cas<ApiToken>> write(ApiToken next);
}
