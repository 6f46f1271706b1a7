package org.pombal.operations;

import static java.util.Objects.requireNonNull;

import org.pombal.model.backend.Backend;
import org.pombal.model.site.Site;

/** A backend and its site. */
public record BackendView(Backend backend, Site site) {

    public BackendView {
        requireNonNull(backend, "backend is null");
        requireNonNull(site, "site is null");
    }
}
