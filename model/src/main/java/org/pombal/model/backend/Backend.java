package org.pombal.model.backend;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.pombal.model.share.ForceMove;
import org.pombal.model.site.SiteId;

/**
 * A Dovecot server that opens mailboxes.
 *
 * @param forceMove which of its users are to be elsewhere, and where; another status ends it
 * @param version grows by one with each change; an update names the version it was decided on
 */
public record Backend(
        BackendId id,
        SiteId site,
        HostName host,
        BackendStatus status,
        LoadFactor loadFactor,
        Optional<ForceMove<BackendId>> forceMove,
        long version) {

    public Backend {
        requireNonNull(id, "id is null");
        requireNonNull(site, "site is null");
        requireNonNull(host, "host is null");
        requireNonNull(status, "status is null");
        requireNonNull(loadFactor, "loadFactor is null");
        requireNonNull(forceMove, "forceMove is null");
    }

    /** A backend none of whose users are to be elsewhere. */
    public Backend(
            BackendId id, SiteId site, HostName host, BackendStatus status, LoadFactor loadFactor, long version) {
        this(id, site, host, status, loadFactor, Optional.empty(), version);
    }

    /** A backend as it is added: standby, with a full share for when it is brought online. */
    public static Backend added(BackendId id, SiteId site, HostName host) {
        return new Backend(id, site, host, BackendStatus.STANDBY, LoadFactor.FULL, 1);
    }

    public Backend withStatus(BackendStatus newStatus) {
        Optional<ForceMove<BackendId>> kept = newStatus == status ? forceMove : Optional.empty();
        return new Backend(id, site, host, newStatus, loadFactor, kept, version);
    }

    public Backend withLoadFactor(LoadFactor newLoadFactor) {
        return new Backend(id, site, host, status, newLoadFactor, forceMove, version);
    }

    public Backend withForceMove(Optional<ForceMove<BackendId>> newForceMove) {
        return new Backend(id, site, host, status, loadFactor, newForceMove, version);
    }

    public Backend withHost(HostName newHost) {
        return new Backend(id, site, newHost, status, loadFactor, forceMove, version);
    }

    public Backend atVersion(long newVersion) {
        return new Backend(id, site, host, status, loadFactor, forceMove, newVersion);
    }

    /** Whether a new group may be placed here. */
    public boolean takesNewGroups() {
        return status == BackendStatus.ONLINE && loadFactor.percent() > 0;
    }
}
