package org.pombal.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.operations.TestCluster.done;
import static org.pombal.operations.TestCluster.get;
import static org.pombal.operations.TestCluster.obstacle;
import static org.pombal.operations.TestCluster.warnings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.HostName;
import org.pombal.model.node.NodeRole;
import org.pombal.model.site.Site;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.model.statistics.Traffic;

class ProxyOperationsTest {

    private static final HostName LIVE = new HostName("p1");
    private static final HostName GONE = new HostName("p2");
    private static final Duration LATELY = Duration.ofSeconds(4);
    private static final Duration LONG_AGO = Duration.ofHours(3);

    private final TestCluster cluster = new TestCluster();
    private final Site lisbon = cluster.site("lisbon");
    private final Site porto = cluster.site("porto");
    private final Backend backend = cluster.online("lisbon", "b1");

    @BeforeEach
    void twoProxiesHaveReported() {
        proxy(lisbon, LIVE, LATELY);
        proxy(lisbon, GONE, LONG_AGO);
        cluster.reported(lisbon, NodeRole.BACKEND, "b1", "dc1", LATELY);
        publish(lisbon, LIVE, new ProxyDestination.OfBackend(backend.id()), Traffic.SESSIONS, Traffic.DELIVERIES);
        publish(lisbon, LIVE, new ProxyDestination.OfSite(porto.id()), Traffic.SESSIONS);
        publish(lisbon, GONE, new ProxyDestination.OfBackend(backend.id()), Traffic.SESSIONS);
    }

    private void proxy(Site site, HostName name, Duration age) {
        cluster.reported(site, NodeRole.PROXY, name.value(), "dc1", age);
    }

    private void publish(Site site, HostName proxy, ProxyDestination destination, Traffic... kinds) {
        for (Traffic traffic : kinds) {
            get(cluster.geoDb
                    .proxyStatistics()
                    .publish(List.of(new DestinationStatistics(
                            site.id(),
                            proxy,
                            destination,
                            traffic,
                            TestCluster.NOW.minusSeconds(60),
                            TestCluster.NOW,
                            Counts.NONE))));
        }
    }

    private List<ProxyView> list() {
        return done(cluster.proxies.list(Optional.empty()));
    }

    @Test
    void proxiesAreListedWithTheirDestinationsAndWhetherTheyStillReport() {
        assertThat(list()).extracting(view -> view.report().id().name()).containsExactly(LIVE, GONE);
        ProxyView live = list().get(0);
        assertThat(live.isStale()).isFalse();
        assertThat(live.age()).isEqualTo(LATELY);
        assertThat(live.rows()).isEqualTo(3);
        assertThat(live.destinations()).containsExactly("b1", "porto");
        assertThat(list().get(1).isStale()).isTrue();
    }

    @Test
    void aListMayBeOfOneSite() {
        assertThat(done(cluster.proxies.list(Optional.of("porto")))).isEmpty();
        assertThat(done(cluster.proxies.list(Optional.of("lisbon")))).hasSize(2);
        assertThat(obstacle(cluster.proxies.list(Optional.of("faro")))).isInstanceOf(Obstacle.NotFound.class);
    }

    @Test
    void aDestinationThatIsRemovedIsShownByItsId() {
        BackendId removed = BackendId.random();
        publish(lisbon, GONE, new ProxyDestination.OfBackend(removed), Traffic.SESSIONS);

        assertThat(list().get(1).destinations()).containsExactlyInAnyOrder("b1", removed.toString());
    }

    @Test
    void aStaleProxyIsRemovedWithItsRows() {
        ProxyView removed = done(cluster.proxies.remove(GONE, Optional.empty(), false));

        assertThat(removed.rows()).isEqualTo(1);
        assertThat(list()).extracting(view -> view.report().id().name()).containsExactly(LIVE);
        assertThat(get(cluster.geoDb.proxyStatistics().list(lisbon.id(), GONE))).isEmpty();
        assertThat(get(cluster.geoDb.proxyStatistics().list(lisbon.id(), LIVE))).hasSize(3);
    }

    @Test
    void aProxyThatReportsIsOnlyRemovedByForce() {
        assertThat(obstacle(cluster.proxies.remove(LIVE, Optional.empty(), false)))
                .isInstanceOf(Obstacle.Refused.class)
                .extracting(Obstacle::message)
                .asString()
                .contains("'p1' reported 4 s ago", "--force");
        assertThat(list()).hasSize(2);

        assertThat(warnings(cluster.proxies.remove(LIVE, Optional.empty(), true)))
                .singleElement()
                .asString()
                .contains("within 10 s");
        assertThat(list()).extracting(view -> view.report().id().name()).containsExactly(GONE);
    }

    @Test
    void whoNeverReportedIsNotFoundAndABackendIsNoProxy() {
        for (String name : List.of("p9", "b1")) {
            assertThat(obstacle(cluster.proxies.remove(new HostName(name), Optional.empty(), true)))
                    .isEqualTo(new Obstacle.NotFound(
                            Obstacle.Thing.PROXY,
                            "no proxy '" + name + "' has reported to GeoDB; 'cluster proxy list' shows them"));
        }
    }

    @Test
    void aNameThatTwoSitesHaveNeedsTheSite() {
        proxy(porto, GONE, LONG_AGO);

        assertThat(obstacle(cluster.proxies.remove(GONE, Optional.empty(), false))
                        .message())
                .contains("lisbon, porto", "--site");
        done(cluster.proxies.remove(GONE, Optional.of("porto"), false));

        assertThat(list()).extracting(view -> view.site().name()).containsExactly("lisbon", "lisbon");
    }

    @Test
    void whenGeoDbGoesAwayInBetweenItIsSaidWhatIsRemoved() {
        cluster.refuse(request -> request.what().startsWith("removing proxy"));

        assertThat(obstacle(cluster.proxies.remove(GONE, Optional.empty(), false))
                        .message())
                .contains("done before: 1 rows of statistics of proxy p2 are removed");
        assertThat(list()).hasSize(2);
    }
}
