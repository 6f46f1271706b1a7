package org.pombal.node.topology;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.routing.ClusterView;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.Tag;
import org.pombal.model.sitefailover.SiteFailover;

/**
 * What the node knows of sites, of its own site's backends, and of groups. Readers never wait; what they see may be a
 * moment old.
 */
public final class Topology implements ClusterView {

    private final String localSiteName;
    private final Map<GroupId, UserGroup> groups = new ConcurrentHashMap<>();
    private volatile Map<SiteId, Site> sites = Map.of();
    private volatile List<Tag> tags = List.of();
    private volatile Map<SiteId, SiteFailover> failovers = Map.of();
    private volatile Optional<Site> localSite = Optional.empty();
    private volatile Map<BackendId, Backend> backends = Map.of();
    private volatile Map<HostName, Backend> backendsByHost = Map.of();
    private volatile Set<GroupId> held = Set.of();

    /** @param localSiteName the setting {@code cluster_local_site} */
    public Topology(String localSiteName) {
        this.localSiteName = requireNonNull(localSiteName, "localSiteName is null");
    }

    public String localSiteName() {
        return localSiteName;
    }

    /** The node's own site; empty while it is not known or not in GeoDB. */
    public Optional<Site> localSite() {
        return localSite;
    }

    @Override
    public Optional<Site> site(SiteId id) {
        return Optional.ofNullable(sites.get(id));
    }

    @Override
    public Optional<Backend> backend(BackendId id) {
        return Optional.ofNullable(backends.get(id));
    }

    /** The backend of the node's own site that has this name. */
    public Optional<Backend> backend(HostName host) {
        return Optional.ofNullable(backendsByHost.get(host));
    }

    /** The failover of a site; that of a site without one says that it never had any. */
    public SiteFailover failover(SiteId id) {
        return failovers.getOrDefault(id, SiteFailover.never(id));
    }

    void setFailovers(List<SiteFailover> all) {
        failovers = all.stream().collect(toMap(SiteFailover::site, Function.identity()));
    }

    public List<Tag> tags() {
        return tags;
    }

    public Collection<Site> sites() {
        return sites.values();
    }

    /** The backends of the node's own site. */
    public Collection<Backend> backends() {
        return backends.values();
    }

    public @Nullable UserGroup group(GroupId id) {
        return groups.get(id);
    }

    public Stream<UserGroup> groups() {
        return groups.values().stream();
    }

    public int groupCount() {
        return groups.size();
    }

    /** These groups, and no others, are not to come to another backend by themselves, since backend after backend broke with them. */
    public void hold(Set<GroupId> all) {
        held = Set.copyOf(all);
    }

    public boolean isHeld(GroupId id) {
        return held.contains(id);
    }

    /** Takes over what was kept from an earlier run. */
    public void load(List<Site> keptSites, List<Tag> keptTags, List<Backend> keptBackends, List<UserGroup> keptGroups) {
        setSites(keptSites, keptTags);
        setBackends(keptBackends);
        keptGroups.forEach(this::learn);
    }

    void setSites(List<Site> all, List<Tag> allTags) {
        tags = List.copyOf(allTags);
        sites = all.stream().collect(toMap(Site::id, Function.identity()));
        localSite =
                all.stream().filter(site -> site.name().equals(localSiteName)).findFirst();
    }

    void setBackends(List<Backend> all) {
        backends = all.stream().collect(toMap(Backend::id, Function.identity()));
        backendsByHost = all.stream().collect(toMap(Backend::host, Function.identity(), (first, second) -> first));
    }

    /** Forgets a group; it is read again when it is needed. */
    public void forget(GroupId id) {
        groups.remove(id);
    }

    /** Takes over a row that was read, unless a newer one is known. Returns what stands now. */
    public UserGroup learn(UserGroup read) {
        return groups.merge(read.id(), read, (known, fresh) -> fresh.epoch() >= known.epoch() ? fresh : known);
    }
}
