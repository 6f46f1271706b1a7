package org.pombal.geodb.connection;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.pombal.geodb.Await.result;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pombal.geodb.ApiTokens;
import org.pombal.geodb.AuditLog;
import org.pombal.geodb.AutomationNotes;
import org.pombal.geodb.BackendLoads;
import org.pombal.geodb.Backends;
import org.pombal.geodb.Changes;
import org.pombal.geodb.Electorates;
import org.pombal.geodb.Features;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.Groups;
import org.pombal.geodb.Leases;
import org.pombal.geodb.MoveProgress;
import org.pombal.geodb.Nodes;
import org.pombal.geodb.ProxyStatistics;
import org.pombal.geodb.Reachability;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.SiteFailovers;
import org.pombal.geodb.Sites;
import org.pombal.geodb.Users;
import org.pombal.geodb.memory.FaultPlan;
import org.pombal.geodb.memory.InMemoryCluster;
import org.pombal.model.group.GroupId;
import org.pombal.model.node.DataCentres;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

class ConnectingGeoDbTest {

    private final AtomicBoolean away = new AtomicBoolean(true);
    private final AtomicInteger tries = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final GeoDb real = new InMemoryCluster(
                    new Random(1), Instant::now, FaultPlan.NONE, (after, task) -> task.run())
            .open("test", Duration.ZERO);
    private final ConnectingGeoDb geoDb = ConnectingGeoDb.start(this::connect, new Random(1));

    private GeoDb connect() {
        tries.incrementAndGet();
        if (away.get()) {
            throw new GeoDbUnavailableException("cannot connect to Cassandra at a:9042");
        }
        return new Closing(real, closed);
    }

    @AfterEach
    void close() {
        geoDb.close();
    }

    @Test
    void whileThereIsNoConnectionEachOperationFailsAtOnceAndSaysWhy() {
        await().atMost(5, SECONDS).until(() -> tries.get() > 0);
        GroupId group = GroupId.numbered(SiteId.random(), 1);

        assertThatThrownBy(() -> result(geoDb.sites().list())).isInstanceOf(GeoDbUnavailableException.class);
        assertThatThrownBy(() -> result(geoDb.backends().list(group.site())))
                .isInstanceOf(GeoDbUnavailableException.class);
        assertThatThrownBy(() -> result(geoDb.groups().find(group, ReadLevel.QUORUM)))
                .isInstanceOf(GeoDbUnavailableException.class);
        assertThatThrownBy(() -> result(geoDb.changes().since(Instant.now())))
                .isInstanceOf(GeoDbUnavailableException.class);
        await().atMost(5, SECONDS).untilAsserted(() -> assertThat(geoDb.problem())
                .isEqualTo(Optional.of("cannot connect to Cassandra at a:9042")));
        assertThatThrownBy(() -> result(geoDb.users().find(new UserKey("a"), ReadLevel.QUORUM)))
                .isInstanceOf(GeoDbUnavailableException.class)
                .hasMessage("cannot connect to Cassandra at a:9042");
    }

    @Test
    void itTriesUntilItSucceedsAndThenWorks() {
        await().atMost(5, SECONDS).until(() -> tries.get() >= 3);
        Sites sites = geoDb.sites();

        away.set(false);

        assertThat(geoDb.connected()).succeedsWithin(Duration.ofSeconds(5));
        assertThat(geoDb.problem()).isEmpty();
        Site site = Site.added(SiteId.random(), "here");
        result(sites.create(site));
        assertThat(result(real.sites().list())).containsExactly(site);
        geoDb.close();
        assertThat(closed).isTrue();
    }

    @Test
    void onceClosedItTriesNoMore() {
        await().atMost(5, SECONDS).until(() -> tries.get() > 0);
        geoDb.close();
        int triesBefore = tries.get();
        away.set(false);

        assertThat(geoDb.connected().toCompletableFuture()).isNotDone();
        assertThat(tries).hasValue(triesBefore);
    }

    private record Closing(GeoDb geoDb, AtomicBoolean closed) implements GeoDb {

        @Override
        public Sites sites() {
            return geoDb.sites();
        }

        @Override
        public Backends backends() {
            return geoDb.backends();
        }

        @Override
        public Groups groups() {
            return geoDb.groups();
        }

        @Override
        public Users users() {
            return geoDb.users();
        }

        @Override
        public Leases leases() {
            return geoDb.leases();
        }

        @Override
        public Electorates electorates() {
            return geoDb.electorates();
        }

        @Override
        public MoveProgress moveProgress() {
            return geoDb.moveProgress();
        }

        @Override
        public Nodes nodes() {
            return geoDb.nodes();
        }

        @Override
        public ProxyStatistics proxyStatistics() {
            return geoDb.proxyStatistics();
        }

        @Override
        public Reachability reachability() {
            return geoDb.reachability();
        }

        @Override
        public SiteFailovers siteFailovers() {
            return geoDb.siteFailovers();
        }

        @Override
        public CompletionStage<DataCentres> dataCentres() {
            return geoDb.dataCentres();
        }

        @Override
        public AutomationNotes automationNotes() {
            return geoDb.automationNotes();
        }

        @Override
        public BackendLoads backendLoads() {
            return geoDb.backendLoads();
        }

        @Override
        public Features features() {
            return geoDb.features();
        }

        @Override
        public ApiTokens apiTokens() {
            return geoDb.apiTokens();
        }

        @Override
        public AuditLog auditLog() {
            return geoDb.auditLog();
        }

        @Override
        public Changes changes() {
            return geoDb.changes();
        }

        @Override
        public CompletionStage<Instant> time() {
            return geoDb.time();
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }
}
