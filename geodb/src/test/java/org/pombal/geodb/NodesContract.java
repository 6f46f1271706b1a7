package org.pombal.geodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.geodb.Await.result;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.HostName;
import org.pombal.model.node.NodeId;
import org.pombal.model.node.NodeReport;
import org.pombal.model.node.NodeRole;
import org.pombal.model.site.SiteId;

/** What every {@link Nodes} does. */
public interface NodesContract extends GeoDbFixture {

    private Nodes nodes() {
        return geoDb().nodes();
    }

    private Nodes read() {
        return another().nodes();
    }

    private NodeReport report(NodeId id, Optional<Duration> lag) {
        Instant now = now().truncatedTo(ChronoUnit.MILLIS);
        return new NodeReport(
                id,
                "machine-17",
                "1.2.3",
                lag.map(known -> "2.3.19.1"),
                "datacenter1",
                lag.map(known -> "b1.example.org:24281"),
                now.minusSeconds(3600),
                now,
                Duration.ofSeconds(10),
                lag);
    }

    private static NodeId proxy(SiteId site, String name) {
        return new NodeId(site, NodeRole.PROXY, new HostName(name));
    }

    private static NodeId backend(SiteId site, String name) {
        return new NodeId(site, NodeRole.BACKEND, new HostName(name));
    }

    @Test
    default void whatANodeReportsIsReadByOthers() {
        NodeReport whole = report(proxy(SiteId.random(), "p1.example.org"), Optional.of(Duration.ofMillis(412)));
        NodeReport little = report(backend(SiteId.random(), "b1.example.org"), Optional.empty());

        result(nodes().report(whole));
        result(nodes().report(little));

        assertThat(result(read().find(whole.id()))).contains(whole);
        assertThat(result(read().find(little.id()))).contains(little);
        assertThat(result(read().find(proxy(whole.id().site(), "p2.example.org"))))
                .isEmpty();
    }

    @Test
    default void aLaterReportTakesThePlaceOfTheOneBefore() {
        NodeId id = proxy(SiteId.random(), "p1.example.org");
        NodeReport later = report(id, Optional.empty());

        result(another().nodes().report(report(id, Optional.of(Duration.ofMillis(412)))));
        result(nodes().report(later));

        assertThat(result(read().list(id.site()))).containsExactly(later);
    }

    @Test
    default void nodesAreListedBySiteRoleAndName() {
        SiteId site = SiteId.random();
        SiteId other = SiteId.random();
        List<NodeId> ids = List.of(
                proxy(site, "p2.example.org"),
                proxy(site, "both.example.org"),
                backend(site, "both.example.org"),
                backend(site, "b1.example.org"),
                proxy(other, "p3.example.org"));

        ids.forEach(id -> result(nodes().report(report(id, Optional.empty()))));

        assertThat(result(read().list(site)))
                .extracting(NodeReport::id)
                .containsExactly(ids.get(3), ids.get(2), ids.get(1), ids.get(0));
        assertThat(result(read().list(other))).extracting(NodeReport::id).containsExactly(ids.get(4));
        assertThat(result(read().list(SiteId.random()))).isEmpty();
    }

    @Test
    default void whatIsRemovedIsOneNodeOnlyAndComesBackWhenItReports() {
        SiteId site = SiteId.random();
        NodeReport gone = report(proxy(site, "both.example.org"), Optional.empty());
        NodeReport stays = report(backend(site, "both.example.org"), Optional.empty());
        result(another().nodes().report(gone));
        result(nodes().report(stays));

        result(another().nodes().remove(gone.id()));
        assertThat(result(nodes().list(site))).containsExactly(stays);

        result(nodes().report(gone));
        assertThat(result(read().list(site))).containsExactlyInAnyOrder(stays, gone);
    }
}
