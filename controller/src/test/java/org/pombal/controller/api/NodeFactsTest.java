package org.pombal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.controller.TestController.get;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.controller.TestController.Answer;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.HostName;
import org.pombal.model.node.NodeId;
import org.pombal.model.node.NodeReport;
import org.pombal.model.node.NodeRole;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.FailureKind;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.model.statistics.Traffic;

/** What nodes say of themselves, and proxies of their destinations, new and long ago. */
@Timeout(60)
class NodeFactsTest extends SiteFixture {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final String STATISTICS = "/api/v1/sites/lisbon/proxy-statistics";
    private static final String NODES = "/api/v1/sites/lisbon/nodes";

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final Instant longAgo = now.minus(Duration.ofHours(2));
    private final BackendId removed = BackendId.random();

    /** Backend b1 with its node; proxy p1, which reports, and p2, which has not done so for two hours. */
    @BeforeEach
    void whatWasReported() {
        controller.post("/api/v1/sites", "{\"name\":\"porto\"}");
        backend("b1.example.org");
        BackendId b1 = get(controller.geoDb().backends().find(new HostName("b1.example.org")))
                .orElseThrow()
                .id();
        report(NodeRole.PROXY, "p2.example.org", longAgo, Optional.empty(), Optional.empty());
        report(NodeRole.PROXY, "p1.example.org", now, Optional.of("2.4.1"), Optional.of(Duration.ofMillis(250)));
        report(NodeRole.BACKEND, "b1.example.org", now, Optional.of("2.3.21"), Optional.of(Duration.ZERO));
        statistics(
                "p1.example.org",
                new ProxyDestination.OfBackend(b1),
                Traffic.SESSIONS,
                now,
                new Counts(
                        12,
                        8,
                        Map.of(FailureKind.CONNECT, 2L, FailureKind.AUTHENTICATION, 1L, FailureKind.OTHER, 0L),
                        Duration.ofSeconds(4)));
        statistics(
                "p1.example.org",
                new ProxyDestination.OfSite(site("porto")),
                Traffic.DELIVERIES,
                now,
                new Counts(3, 0, Map.of(FailureKind.OTHER, 3L), Duration.ZERO));
        statistics(
                "p2.example.org",
                new ProxyDestination.OfBackend(removed),
                Traffic.PROBES,
                longAgo,
                new Counts(1, 1, Map.of(), Duration.ofMillis(70)));
    }

    private SiteId site(String name) {
        return get(controller.geoDb().sites().list()).stream()
                .filter(site -> site.name().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private void report(NodeRole role, String name, Instant seen, Optional<String> dovecot, Optional<Duration> lag) {
        get(controller
                .geoDb()
                .nodes()
                .report(new NodeReport(
                        new NodeId(lisbon(), role, new HostName(name)),
                        "machine of " + name,
                        "1.2.3",
                        dovecot,
                        "dc1",
                        Optional.empty(),
                        longAgo,
                        seen,
                        INTERVAL,
                        lag)));
    }

    private void statistics(String proxy, ProxyDestination destination, Traffic traffic, Instant until, Counts counts) {
        get(controller
                .geoDb()
                .proxyStatistics()
                .publish(List.of(new DestinationStatistics(
                        lisbon(),
                        new HostName(proxy),
                        destination,
                        traffic,
                        until.minus(Duration.ofMinutes(1)),
                        until,
                        counts))));
    }

    private JsonNode row(String path, String field, String value) {
        for (JsonNode item : items(path)) {
            if (item.get(field).asText().equals(value)) {
                return item;
            }
        }
        throw new AssertionError("no " + field + " " + value + " in " + items(path));
    }

    @Test
    void nodesAreListedBackendsFirstWithWhatTheySaidAndWhetherThatIsLongAgo() {
        assertThat(items(NODES).findValuesAsText("role")).containsExactly("backend", "proxy", "proxy");
        JsonNode proxy = row(NODES, "name", "p1.example.org");
        assertThat(proxy.get("host").asText()).isEqualTo("machine of p1.example.org");
        assertThat(proxy.get("version").asText()).isEqualTo("1.2.3");
        assertThat(proxy.get("dovecot").asText()).isEqualTo("2.4.1");
        assertThat(proxy.get("dataCentre").asText()).isEqualTo("dc1");
        assertThat(Instant.parse(proxy.get("startedAt").asText())).isEqualTo(longAgo);
        assertThat(Instant.parse(proxy.get("seenAt").asText())).isEqualTo(now);
        assertThat(proxy.get("stale").asBoolean()).isFalse();
        assertThat(proxy.get("lagMillis").asInt()).isEqualTo(250);

        JsonNode silent = row(NODES, "name", "p2.example.org");
        assertThat(silent.get("stale").asBoolean()).isTrue();
        assertThat(Instant.parse(silent.get("seenAt").asText())).isEqualTo(longAgo);
        assertThat(silent.has("lagMillis")).isFalse();
        assertThat(silent.has("dovecot")).isFalse();
    }

    @Test
    void statisticsNameTheDestinationCountFailuresByKindAndKeepTheirTime() {
        JsonNode toBackend = row(STATISTICS, "destination", "b1.example.org");
        assertThat(toBackend.get("proxy").asText()).isEqualTo("p1.example.org");
        assertThat(toBackend.get("toSite").asBoolean()).isFalse();
        assertThat(toBackend.get("traffic").asText()).isEqualTo("sessions");
        assertThat(Instant.parse(toBackend.get("from").asText())).isEqualTo(now.minus(Duration.ofMinutes(1)));
        assertThat(Instant.parse(toBackend.get("until").asText())).isEqualTo(now);
        assertThat(toBackend.get("attempts").asInt()).isEqualTo(12);
        assertThat(toBackend.get("successes").asInt()).isEqualTo(8);
        assertThat(toBackend.get("failures").toString()).isEqualTo("{\"authentication\":1,\"connect\":2}");
        assertThat(toBackend.get("latencyMillis").asInt()).isEqualTo(500);

        JsonNode toSite = row(STATISTICS, "destination", "porto");
        assertThat(toSite.get("toSite").asBoolean()).isTrue();
        assertThat(toSite.get("traffic").asText()).isEqualTo("deliveries");
        assertThat(toSite.get("failures").toString()).isEqualTo("{\"other\":3}");
        assertThat(toSite.has("latencyMillis")).isFalse();

        JsonNode old = row(STATISTICS, "destination", removed.toString());
        assertThat(old.get("proxy").asText()).isEqualTo("p2.example.org");
        assertThat(Instant.parse(old.get("until").asText())).isEqualTo(longAgo);
        assertThat(items("/api/v1/sites/porto/proxy-statistics")).isEmpty();
    }

    @Test
    void aProxyThatIsGoneIsRemovedWithItsRowsAndOneThatRunsOnlyByForce() {
        Answer runs = controller.delete("/api/v1/sites/lisbon/proxies/p1.example.org");
        assertThat(runs.status()).isEqualTo(409);
        assertThat(runs.detail()).contains("it runs");
        assertThat(controller
                        .delete("/api/v1/sites/porto/proxies/p2.example.org")
                        .status())
                .isEqualTo(404);
        assertThat(items(STATISTICS)).hasSize(3);

        Answer gone = controller.delete("/api/v1/sites/lisbon/proxies/p2.example.org");
        assertThat(gone.status()).as(gone.response().body()).isEqualTo(200);
        assertThat(gone.json().at("/result/rows").asInt()).isEqualTo(1);
        assertThat(gone.json().get("warnings")).isEmpty();
        assertThat(controller
                        .delete("/api/v1/sites/lisbon/proxies/p2.example.org")
                        .status())
                .isEqualTo(404);
        assertThat(items(NODES).findValuesAsText("name")).containsExactly("b1.example.org", "p1.example.org");
        assertThat(items(STATISTICS).findValuesAsText("proxy")).containsOnly("p1.example.org");

        Answer forced = controller.delete("/api/v1/sites/lisbon/proxies/p1.example.org?force=true");
        assertThat(forced.json().at("/result/rows").asInt()).isEqualTo(2);
        assertThat(forced.json().at("/warnings/0").asText()).contains("it still reports");
        assertThat(items(STATISTICS)).isEmpty();
        assertThat(items(NODES).findValuesAsText("role")).containsExactly("backend");
        assertThat(items("/api/v1/audit?limit=100"))
                .filteredOn(entry -> entry.get("action").asText().equals("proxy.remove"))
                .extracting(entry -> entry.get("target").asText() + ": "
                        + entry.get("result").asText())
                .contains(
                        "proxy p1.example.org of site lisbon: refused",
                        "proxy p2.example.org of site lisbon: done",
                        "proxy p1.example.org of site lisbon: done");
    }
}
