package org.pombal.geodb;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.pombal.model.node.DataCentres;

/**
 * The cluster's shared truth, one accessor per aggregate.
 *
 * <p>All operations are asynchronous and bounded in time. A returned stage fails with {@link GeoDbUnavailableException}
 * when the question was not answered and nothing was changed, or with {@link UnknownOutcomeException} when a change may
 * or may not have happened and reading back did not settle it. Stages complete on GeoDB's own threads: callers that hold
 * an event loop hop back to it.
 *
 * <p>Rows written by compare-and-set are written only so. Sites, tags and the homes of users have serial level SERIAL,
 * everything that belongs to one site LOCAL_SERIAL.
 */
public interface GeoDb extends AutoCloseable {

    Sites sites();

    Backends backends();

    Groups groups();

    Users users();

    Leases leases();

    Electorates electorates();

    MoveProgress moveProgress();

    Nodes nodes();

    ProxyStatistics proxyStatistics();

    BackendLoads backendLoads();

    AutomationNotes automationNotes();

    Reachability reachability();

    SiteFailovers siteFailovers();

    Features features();

    ApiTokens apiTokens();

    AuditLog auditLog();

    Changes changes();

    /** Cassandra's data centres, as far as they are known here. */
    CompletionStage<DataCentres> dataCentres();

    /** What time it is for the server that answers; to compare clocks, not to decide anything by it. */
    CompletionStage<Instant> time();

    /** Ends open requests and connections. */
    @Override
    void close();
}
