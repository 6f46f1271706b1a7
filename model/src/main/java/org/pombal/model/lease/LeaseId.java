package org.pombal.model.lease;

import static java.util.Objects.requireNonNull;

import org.pombal.model.backend.BackendId;
import org.pombal.model.site.SiteId;

/** Whose lease it is. */
public sealed interface LeaseId {

    /** The name under which GeoDB keeps the lease; no two leases share one. */
    String key();

    /** A backend's: who holds it may serve users. */
    record OfBackend(BackendId backend) implements LeaseId {
        public OfBackend {
            requireNonNull(backend, "backend is null");
        }

        @Override
        public String key() {
            return "backend/" + backend;
        }
    }

    /** A duty of a site that one process at a time should see to, such as {@code failover}. Saves work; nothing rests on it. */
    record OfDuty(SiteId site, String duty) implements LeaseId {
        public OfDuty {
            requireNonNull(site, "site is null");
            requireNonNull(duty, "duty is null");
            if (!duty.matches("[a-z-]+")) {
                throw new IllegalArgumentException(
                        "'" + duty + "' is no name of a duty: small letters and hyphens only");
            }
        }

        @Override
        public String key() {
            return duty + "/" + site;
        }
    }
}
