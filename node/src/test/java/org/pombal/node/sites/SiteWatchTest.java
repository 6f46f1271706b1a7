package org.pombal.node.sites;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.node.TestCluster.applied;
import static org.pombal.node.TestCluster.get;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.HostName;
import org.pombal.model.reachability.SiteSight;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.model.statistics.Traffic;
import org.pombal.node.TestCluster;
import org.pombal.node.address.HostAddresses;

class SiteWatchTest {

    private static final HostName PROXY = new HostName("p1.test");

    private final TestCluster cluster = new TestCluster();
    private final AtomicLong clock = new AtomicLong();
    private Site there;
    private volatile Optional<String> failure = Optional.empty();
    private SiteWatch watch;

    @BeforeEach
    void anotherSite() {
        there = applied(cluster.geoDb
                .sites()
                .create(Site.added(SiteId.random(), "there").withLoadBalancer("lb.test")));
        watch = new SiteWatch(
                cluster.geoDb,
                PROXY,
                new SiteWatch.Sites() {
                    @Override
                    public Optional<SiteId> own() {
                        return Optional.of(cluster.here.id());
                    }

                    @Override
                    public Collection<Site> all() {
                        return List.of(cluster.here, there, Site.added(SiteId.random(), "without load balancer"));
                    }
                },
                site -> failure,
                clock::get,
                Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private void looks(int times) {
        for (int i = 0; i < times; i++) {
            clock.addAndGet(10_000_000_000L);
            cluster.advance(Duration.ofSeconds(10));
            get(watch.look());
        }
    }

    private SiteSight sight() {
        List<SiteSight> sights = get(cluster.geoDb.reachability().from(cluster.here.id()));
        assertThat(sights).hasSize(1);
        return sights.get(0);
    }

    @Test
    void whatChecksFindIsToldWithTheTimeItHasLasted() {
        looks(3);
        assertThat(sight().reachable()).isTrue();
        failure = Optional.of("refused");
        looks(5);

        assertThat(sight().destination()).isEqualTo(there.id());
        assertThat(sight().reachable()).isFalse();
        assertThat(sight().why()).contains("refused");
        assertThat(sight().lasts()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aSiteThatUsersGetThroughToIsReachableThoughItsCheckFails() {
        looks(1);
        failure = Optional.of("refused");
        for (int i = 1; i <= 6; i++) {
            get(cluster.geoDb
                    .proxyStatistics()
                    .publish(List.of(new DestinationStatistics(
                            cluster.here.id(),
                            PROXY,
                            new ProxyDestination.OfSite(there.id()),
                            Traffic.SESSIONS,
                            cluster.now(),
                            cluster.now(),
                            new Counts(i, i, Map.of(), Duration.ZERO)))));
            looks(1);
        }
        assertThat(sight().reachable()).isTrue();
        looks(3);
        assertThat(sight().reachable()).isFalse();
    }

    @Test
    void aLoadBalancerIsReachedWhenAServerBehindItGreets() throws Exception {
        HostAddresses addresses =
                new HostAddresses(name -> new InetAddress[] {InetAddress.getLoopbackAddress()}, Duration.ofHours(1));
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            LoadBalancerCheck check =
                    new LoadBalancerCheck(addresses, server.getLocalPort(), true, Duration.ofSeconds(5));
            for (Map.Entry<String, String> greeting : Map.of(
                            "* OK ready", "", "* BYE full", "greets with", "", "without a greeting")
                    .entrySet()) {
                Thread answering = new Thread(() -> {
                    try (var socket = server.accept()) {
                        socket.getOutputStream().write(greeting.getKey().getBytes(US_ASCII));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                answering.start();
                assertThat(check.failure(there).orElse("")).contains(greeting.getValue());
                answering.join();
            }
            server.close();
            assertThat(check.failure(there))
                    .hasValueSatisfying(why -> assertThat(why).contains("lb.test", "refused"));
        } finally {
            addresses.close();
        }
    }
}
