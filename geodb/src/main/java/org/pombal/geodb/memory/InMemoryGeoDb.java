package org.pombal.geodb.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.pombal.geodb.Announcing;
import org.pombal.geodb.ApiTokens;
import org.pombal.geodb.AuditLog;
import org.pombal.geodb.AutomationNotes;
import org.pombal.geodb.BackendLoads;
import org.pombal.geodb.Backends;
import org.pombal.geodb.Changes;
import org.pombal.geodb.Electorates;
import org.pombal.geodb.Features;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.Groups;
import org.pombal.geodb.Leases;
import org.pombal.geodb.MoveProgress;
import org.pombal.geodb.Nodes;
import org.pombal.geodb.ProxyStatistics;
import org.pombal.geodb.Reachability;
import org.pombal.geodb.SiteFailovers;
import org.pombal.geodb.Sites;
import org.pombal.geodb.Users;
import org.pombal.model.node.DataCentres;

/** What one writer has of an {@link InMemoryCluster}. */
final class InMemoryGeoDb implements GeoDb {

    private final Requests requests;
    private final InMemoryCluster store;
    private final MemoryFeatures features;
    private final MemoryApiTokens apiTokens;
    private final MemoryAuditLog auditLog;
    private final MemoryChanges changes;
    private final MemorySites sites;
    private final MemoryBackends backends;
    private final MemoryGroups groups;
    private final MemoryUsers users;
    private final MemoryLeases leases;
    private final MemoryElectorates electorates;
    private final MemoryMoveProgress moveProgress;
    private final MemoryNodes nodes;
    private final MemoryProxyStatistics proxyStatistics;
    private final MemoryBackendLoads backendLoads;
    private final MemoryAutomationNotes automationNotes;
    private final MemoryReachability reachability;
    private final MemorySiteFailovers siteFailovers;
    private final DataCentres dataCentres;

    InMemoryGeoDb(
            InMemoryCluster store,
            Requests requests,
            InstantSource clock,
            RandomGenerator random,
            DataCentres dataCentres) {
        this.requests = requests;
        this.store = store;
        this.changes = new MemoryChanges(store, requests, clock, random);
        Announcing announcing = new Announcing(changes);
        this.sites = new MemorySites(store, requests, announcing);
        this.backends = new MemoryBackends(store, requests, announcing);
        this.groups = new MemoryGroups(store, requests, clock, announcing);
        this.users = new MemoryUsers(store, requests, clock, announcing);
        this.leases = new MemoryLeases(store, requests);
        this.electorates = new MemoryElectorates(store, requests);
        this.moveProgress = new MemoryMoveProgress(store, requests, clock);
        this.nodes = new MemoryNodes(store, requests, clock);
        this.proxyStatistics = new MemoryProxyStatistics(store, requests, clock);
        this.backendLoads = new MemoryBackendLoads(store, requests, clock);
        this.automationNotes = new MemoryAutomationNotes(store, requests, clock);
        this.reachability = new MemoryReachability(store, requests, clock);
        this.siteFailovers = new MemorySiteFailovers(store, requests, announcing);
        this.features = new MemoryFeatures(store, requests);
        this.apiTokens = new MemoryApiTokens(store, requests);
        this.auditLog = new MemoryAuditLog(store, requests, clock);
        this.dataCentres = dataCentres;
    }

    @Override
    public Sites sites() {
        return sites;
    }

    @Override
    public Backends backends() {
        return backends;
    }

    @Override
    public Groups groups() {
        return groups;
    }

    @Override
    public Users users() {
        return users;
    }

    @Override
    public Leases leases() {
        return leases;
    }

    @Override
    public Electorates electorates() {
        return electorates;
    }

    @Override
    public MoveProgress moveProgress() {
        return moveProgress;
    }

    @Override
    public Nodes nodes() {
        return nodes;
    }

    @Override
    public ProxyStatistics proxyStatistics() {
        return proxyStatistics;
    }

    @Override
    public AutomationNotes automationNotes() {
        return automationNotes;
    }

    @Override
    public BackendLoads backendLoads() {
        return backendLoads;
    }

    @Override
    public Reachability reachability() {
        return reachability;
    }

    @Override
    public SiteFailovers siteFailovers() {
        return siteFailovers;
    }

    @Override
    public Features features() {
        return features;
    }

    @Override
    public ApiTokens apiTokens() {
        return apiTokens;
    }

    @Override
    public AuditLog auditLog() {
        return auditLog;
    }

    @Override
    public Changes changes() {
        return changes;
    }

    @Override
    public CompletionStage<DataCentres> dataCentres() {
        return requests.read("asking for the data centres", () -> dataCentres);
    }

    @Override
    public CompletionStage<Instant> time() {
        return requests.read("asking for the time", store::time);
    }

    @Override
    public void close() {}
}
