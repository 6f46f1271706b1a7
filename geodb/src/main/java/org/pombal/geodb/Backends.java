package org.pombal.geodb;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.SiteId;

/** Backends. At most some thousands; serial level LOCAL_SERIAL, but for the host names, which are unique everywhere. */
public interface Backends {

    /** The site's backends that are not retired, in the order of their host names. */
    CompletionStage<List<Backend>> list(SiteId site);

    CompletionStage<Optional<Backend>> find(HostName host);

    /**
     * Adds a backend, or adds a retired one of the site again under its old id; its version then goes on. {@link Cas.Lost}
     * names the backend that has the host name or id already.
     */
    CompletionStage<Cas<Backend>> create(Backend backend);

    /** Replaces status and load factor of {@code backend.id()} if the row still has version {@code backend.version()}. */
    CompletionStage<Cas<Backend>> update(Backend backend);

    /** Takes a backend out, if it still has version {@code backend.version()}. Its host name is free afterwards. */
    CompletionStage<Cas<Backend>> retire(Backend backend);
}
