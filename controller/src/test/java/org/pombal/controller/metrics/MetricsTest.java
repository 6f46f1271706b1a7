package org.pombal.controller.metrics;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.pombal.controller.TestController.get;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.controller.TestController;
import org.pombal.controller.TestController.Answer;
import org.pombal.controller.automation.ScaleReport;
import org.pombal.controller.automation.UsersCounted;
import org.pombal.geodb.AutomationNotes.Note;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.node.NodeId;
import org.pombal.model.node.NodeReport;
import org.pombal.model.node.NodeRole;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.BackendLoad;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.FailureKind;
import org.pombal.model.statistics.GroupTraffic;
import org.pombal.model.statistics.HostMetric;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.model.statistics.Traffic;

@Timeout(60)
class MetricsTest {

    private static final String FROM_PROXY = "proxy=\"p1.example.org\",site=\"lisbon\",";
    private static final String BY_PROXY = FROM_PROXY + "traffic=";

    @Test
    void theyTellWhetherThisControllerActs() {
        try (TestController acting = TestController.start();
                TestController answering =
                        TestController.start("CONTROLLER_ROLES=api", "CELERY_BROKER_URL=redis://127.0.0.1:1")) {
            for (TestController controller : List.of(acting, answering)) {
                controller.put("/api/v1/sites/lisbon/features/metrics", "{\"state\":\"on\"}");
            }
            await().atMost(20, SECONDS).untilAsserted(() -> assertThat(
                            acting.get("/metrics").response().body().lines())
                    .contains("pombal_controller_leader{site=\"lisbon\"} 1.0"));
            assertThat(answering.get("/metrics").response().body().lines())
                    .contains("pombal_controller_leader{site=\"lisbon\"} 0.0");
        }
    }

    @Test
    void theyAreThereOnlyWhileTheirFeatureIsOn() {
        try (TestController controller = TestController.start()) {
            assertThat(controller.get("/metrics").status()).isEqualTo(404);
            assertThat(controller.get("/metrics").detail()).contains("the feature metrics of site 'lisbon' is not on");
            controller.put("/api/v1/sites/lisbon/features/metrics", "{\"state\":\"dryrun\"}");
            assertThat(controller.get("/metrics").status()).isEqualTo(404);
            controller.put("/api/v1/sites/lisbon/features/metrics", "{\"state\":\"on\"}");
            Answer answer = controller.get("/metrics");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.response().headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/openmetrics-text");
            assertThat(controller.ask("", "GET", "/metrics", "").status()).isEqualTo(401);
        }
    }

    @Test
    void theyShowBackendsGroupsNodesAndWhatProxiesSaw() {
        try (TestController controller = TestController.start()) {
            controller.post("/api/v1/backends", "{\"site\":\"lisbon\",\"host\":\"localhost\"}");
            controller.patch("/api/v1/backends/localhost", "{\"status\":\"online\",\"loadFactor\":50}");
            controller.put("/api/v1/sites/lisbon/features/metrics", "{\"state\":\"on\"}");
            Backend backend = get(controller.geoDb().backends().find(new HostName("localhost")))
                    .orElseThrow();
            SiteId site = backend.site();
            controller.post("/api/v1/sites", "{\"name\":\"porto\"}");
            SiteId porto = get(controller.geoDb().sites().list()).stream()
                    .filter(other -> other.name().equals("porto"))
                    .findFirst()
                    .orElseThrow()
                    .id();
            for (int number = 1; number <= 3; number++) {
                get(controller
                        .geoDb()
                        .groups()
                        .createIfAbsent(
                                UserGroup.placed(GroupId.numbered(site, number), backend.id(), Optional.empty())));
            }
            Instant now = Instant.now();
            NodeId proxy = new NodeId(site, NodeRole.PROXY, new HostName("p1.example.org"));
            get(controller
                    .geoDb()
                    .nodes()
                    .report(new NodeReport(
                            proxy,
                            "machine",
                            "1.0",
                            Optional.empty(),
                            "dc1",
                            Optional.empty(),
                            now,
                            now,
                            Duration.ofSeconds(10),
                            Optional.of(Duration.ofMillis(250)))));
            get(controller
                    .geoDb()
                    .proxyStatistics()
                    .publish(List.of(
                            new DestinationStatistics(
                                    site,
                                    proxy.name(),
                                    new ProxyDestination.OfBackend(backend.id()),
                                    Traffic.SESSIONS,
                                    now,
                                    now,
                                    new Counts(
                                            13,
                                            8,
                                            Map.of(FailureKind.CONNECT, 2L, FailureKind.AUTHENTICATION, 1L),
                                            Duration.ofSeconds(4))),
                            new DestinationStatistics(
                                    site,
                                    proxy.name(),
                                    new ProxyDestination.OfSite(porto),
                                    Traffic.DELIVERIES,
                                    now,
                                    now,
                                    new Counts(4, 0, Map.of(FailureKind.OTHER, 3L), Duration.ZERO)))));

            get(controller
                    .geoDb()
                    .backendLoads()
                    .publish(new BackendLoad(
                            site,
                            backend.id(),
                            now,
                            Duration.ofHours(1),
                            Map.of(HostMetric.SESSIONS, 42.0),
                            Map.of(
                                    GroupId.numbered(site, 1),
                                    new GroupTraffic(20, 0.5, 2, Duration.ofHours(1)),
                                    GroupId.numbered(site, 2),
                                    new GroupTraffic(22, 0.25, 1, Duration.ofHours(1))))));

            get(controller
                    .geoDb()
                    .automationNotes()
                    .write(
                            site,
                            UsersCounted.NOTE,
                            new Note("{\"at\":1700000000500,\"users\":{\"" + backend.id() + "\":7}}", now)));

            get(controller
                    .geoDb()
                    .automationNotes()
                    .write(
                            site,
                            ScaleReport.NOTE,
                            new Note(
                                    "{\"at\":" + now.toEpochMilli() + ",\"mode\":\"on\",\"backends\":1,\"desired\":3,"
                                            + "\"running\":2,\"why\":\"load\",\"notes\":[]}",
                                    now)));

            assertThat(controller.get("/metrics").response().body().lines())
                    .contains(
                            "pombal_backend_users{backend=\"localhost\",site=\"lisbon\"} 7.0",
                            "pombal_users_counted_timestamp_seconds{site=\"lisbon\"} 1.7000000005E9",
                            "pombal_backend_sessions{backend=\"localhost\",site=\"lisbon\"} 42.0",
                            "pombal_backend_logins_per_second{backend=\"localhost\",site=\"lisbon\"} 0.75",
                            "pombal_backend_deliveries_per_second{backend=\"localhost\",site=\"lisbon\"} 3.0",
                            "pombal_autoscaling_desired_backends{site=\"lisbon\"} 3.0",
                            "pombal_autoscaling_platform_backends{site=\"lisbon\"} 2.0",
                            "pombal_autoscaling_problem{site=\"lisbon\"} 0.0",
                            "pombal_backend_status{backend=\"localhost\",site=\"lisbon\",status=\"online\"} 1.0",
                            "pombal_backend_status{backend=\"localhost\",site=\"lisbon\",status=\"standby\"} 0.0",
                            "pombal_backend_load_factor{backend=\"localhost\",site=\"lisbon\"} 50.0",
                            "pombal_backend_groups{backend=\"localhost\",site=\"lisbon\"} 3.0",
                            "pombal_moves{phase=\"proposed\",site=\"lisbon\"} 0.0",
                            "pombal_groups_imbalance{site=\"lisbon\"} 1.0",
                            "pombal_node_up{node=\"p1.example.org\",role=\"proxy\",site=\"lisbon\"} 1.0",
                            "pombal_node_lag_seconds{node=\"p1.example.org\",role=\"proxy\",site=\"lisbon\"} 0.25")
                    .contains(
                            "pombal_proxy_attempts{backend=\"localhost\"," + BY_PROXY + "\"sessions\"} 13.0",
                            "pombal_proxy_successes{backend=\"localhost\"," + BY_PROXY + "\"sessions\"} 8.0",
                            "pombal_proxy_failures{backend=\"localhost\",kind=\"connect\"," + BY_PROXY
                                    + "\"sessions\"} 2.0",
                            "pombal_proxy_failures{backend=\"localhost\",kind=\"authentication\"," + BY_PROXY
                                    + "\"sessions\"} 1.0",
                            "pombal_proxy_latency_seconds{backend=\"localhost\"," + BY_PROXY + "\"sessions\"} 0.5",
                            "pombal_proxy_attempts{" + FROM_PROXY + "to_site=\"porto\",traffic=\"deliveries\"} 4.0",
                            "pombal_proxy_successes{" + FROM_PROXY + "to_site=\"porto\",traffic=\"deliveries\"} 0.0",
                            "pombal_proxy_failures{kind=\"other\"," + FROM_PROXY
                                    + "to_site=\"porto\",traffic=\"deliveries\"} 3.0")
                    .noneMatch(line ->
                            line.startsWith("pombal_proxy_latency_seconds{") && line.contains("to_site=\"porto\""))
                    .endsWith("# EOF");
        }
    }
}
