package org.pombal.model.backend;

import static java.util.Objects.requireNonNull;

import org.pombal.model.site.SiteId;

/**
 * A Dovecot server that opens mailboxes.
 *
 * @param version grows by one with each change; an update names the version it was decided on
 */
public record Backend(
        BackendId id, SiteId site, HostName host, BackendStatus status, LoadFactor loadFactor, long version) {

    public Backend {
        requireNonNull(id, "id is null");
        requireNonNull(site, "site is null");
        requireNonNull(host, "host is null");
        requireNonNull(status, "status is null");
        requireNonNull(loadFactor, "loadFactor is null");
    }

    /** A backend as it is added: standby, with a full share for when it is brought online. */
    public static Backend added(BackendId id, SiteId site, HostName host) {
        return new Backend(id, site, host, BackendStatus.STANDBY, LoadFactor.FULL, 1);
    }

    public Backend withStatus(BackendStatus newStatus) {
        return new Backend(id, site, host, newStatus, loadFactor, version);
    }

    public Backend withLoadFactor(LoadFactor newLoadFactor) {
        return new Backend(id, site, host, status, newLoadFactor, version);
    }

    /** Whether a new group may be placed here. */
    public boolean takesNewGroups() {
        return status == BackendStatus.ONLINE && loadFactor.percent() > 0;
    }
}
