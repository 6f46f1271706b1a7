package org.pombal.geodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.geodb.Await.result;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.FailureKind;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.model.statistics.Traffic;

/** What every {@link ProxyStatistics} does. */
public interface ProxyStatisticsContract extends GeoDbFixture {

    /** Two proxies of this name in different sites are two. */
    HostName PROXY = new HostName("p1.example.org");

    private ProxyStatistics statistics() {
        return geoDb().proxyStatistics();
    }

    private List<DestinationStatistics> readAll(SiteId site) {
        return result(another().proxyStatistics().list(site));
    }

    private DestinationStatistics row(
            SiteId site, HostName proxy, ProxyDestination destination, Traffic traffic, Counts counts) {
        Instant until = now().truncatedTo(ChronoUnit.MILLIS);
        return new DestinationStatistics(site, proxy, destination, traffic, until.minusSeconds(60), until, counts);
    }

    private static ProxyDestination backend() {
        return new ProxyDestination.OfBackend(BackendId.random());
    }

    @Test
    default void whatIsPublishedIsReadByOthers() {
        SiteId site = SiteId.random();
        Counts counts = new Counts(
                120,
                100,
                Map.of(FailureKind.CONNECT, 12L, FailureKind.AUTHENTICATION, 3L, FailureKind.OTHER, 1L),
                Duration.ofMillis(4321));
        List<DestinationStatistics> rows = List.of(
                row(site, PROXY, backend(), Traffic.SESSIONS, counts),
                row(site, PROXY, backend(), Traffic.DELIVERIES, Counts.NONE),
                row(site, PROXY, new ProxyDestination.OfSite(SiteId.random()), Traffic.PROBES, counts));

        result(statistics().publish(rows));

        assertThat(readAll(site)).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(result(another().proxyStatistics().list(site, PROXY))).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    default void aLaterWindowTakesThePlaceOfTheOneBefore() {
        SiteId site = SiteId.random();
        ProxyDestination backend = backend();
        Counts failing = new Counts(7, 0, Map.of(FailureKind.CONNECT, 7L), Duration.ZERO);
        DestinationStatistics later = row(site, PROXY, backend, Traffic.SESSIONS, Counts.NONE);

        result(another().proxyStatistics().publish(List.of(row(site, PROXY, backend, Traffic.SESSIONS, failing))));
        result(statistics().publish(List.of(later)));

        assertThat(readAll(site)).containsExactly(later);
    }

    @Test
    default void nothingToPublishIsNothingToWrite() {
        SiteId site = SiteId.random();

        result(statistics().publish(List.of()));

        assertThat(readAll(site)).isEmpty();
    }

    @Test
    default void aProxyMayHaveManyDestinations() {
        SiteId site = SiteId.random();
        List<DestinationStatistics> rows = IntStream.range(0, 2000)
                .mapToObj(number -> row(site, PROXY, backend(), Traffic.SESSIONS, Counts.NONE))
                .toList();

        result(statistics().publish(rows));

        assertThat(readAll(site)).hasSize(2000).doesNotHaveDuplicates();
    }

    @Test
    default void whatIsRemovedIsOneProxyOfOneSiteOnly() {
        SiteId site = SiteId.random();
        SiteId otherSite = SiteId.random();
        HostName otherProxy = new HostName("p2.example.org");
        ProxyDestination backend = backend();
        for (Traffic traffic : Traffic.values()) {
            result(statistics()
                    .publish(List.of(
                            row(site, PROXY, backend, traffic, Counts.NONE),
                            row(site, otherProxy, backend, traffic, Counts.NONE),
                            row(otherSite, PROXY, backend, traffic, Counts.NONE))));
        }

        result(statistics().remove(site, PROXY));

        assertThat(readAll(site))
                .hasSize(3)
                .extracting(DestinationStatistics::proxy)
                .containsOnly(otherProxy);
        assertThat(readAll(otherSite)).hasSize(3);
        assertThat(result(another().proxyStatistics().list(site, PROXY))).isEmpty();
    }
}
