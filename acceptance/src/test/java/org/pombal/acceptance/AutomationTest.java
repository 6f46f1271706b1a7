package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.demo.mail.MailException;
import org.pombal.demo.server.DovecotServer;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendStatus;

/** What a controller does by itself for a site of real Dovecots with users, and Prometheus beside it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AutomationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String ADDRESS = "127.0.0.1";
    private static final String SITE = "auto";
    private static final String ALICE = "alice@example.org";

    /** Queries that need not find anything in one site where nothing fails and no node asks others whom it doubts. */
    private static final Set<String> MAYBE_NOTHING = Set.of(
            "controller.json: Failures by kind A",
            "controller.json: To other sites A",
            "nodes.json: Questions to other nodes A",
            "nodes.json: Votes A");

    private static final int ENOUGH_TO_JUDGE = 12;

    private Lab lab;
    private RunningPrometheus prometheus;
    private Line toPrometheus;
    private RunningController controller;
    private String admin = "";

    @BeforeAll
    void start(@TempDir Path folder) {
        lab = Lab.start(
                DovecotVersion.V2_3,
                SITE,
                "127.0.95",
                Optional.empty(),
                Map.of(
                        "cluster_report_interval",
                        "1s",
                        "cluster_statistics_window",
                        "10s",
                        "cluster_load_interval",
                        "1s",
                        "cluster_backend_test_username",
                        "probe-%{backend_host}@" + LabAccounts.ODD_DOMAIN,
                        "cluster_backend_test_password",
                        LabAccounts.PASSWORD,
                        "cluster_backend_test_interval",
                        "1s"));
        prometheus =
                RunningPrometheus.start(folder, SITE, List.of(target(1), target(2), proxyTarget(1), proxyTarget(2)));
        toPrometheus = new Line(ADDRESS, 0, prometheus.address());
        controller = RunningController.start(
                folder,
                lab.site().plan().geoDb(),
                Map.of(
                        "CLUSTER_SITE",
                        SITE,
                        "CLUSTER_HOSTS_FILE",
                        lab.site().hostsFile().toString(),
                        "PROMETHEUS_URL",
                        "http://" + ADDRESS + ":" + toPrometheus.port(),
                        "HOST_LOAD_BALANCE_MIN_SAMPLES",
                        "0",
                        "ERROR_MITIGATION_INTERVAL",
                        "5s",
                        "ERROR_MITIGATION_BROKEN_FOR",
                        "10s",
                        "ERROR_MITIGATION_HEALTHY_FOR",
                        "10s",
                        "ERROR_MITIGATION_MIN_EVENTS",
                        "1000"));
        controller.awaitReady(PATIENCE);
        admin = controller.admin();
    }

    private RunningPrometheus.Target target(int backend) {
        return new RunningPrometheus.Target(
                "backend" + backend + ".test",
                lab.site().backendNode(backend).status().toString());
    }

    private RunningPrometheus.Target proxyTarget(int proxy) {
        return new RunningPrometheus.Target(
                "proxy" + proxy + ".test", lab.site().node(proxy).status().toString());
    }

    @AfterAll
    void stop() {
        controller.close();
        toPrometheus.close();
        prometheus.close();
        lab.close();
    }

    private String ask(String method, String path, String body) {
        return controller.ask(admin, method, path, body).body();
    }

    @Test
    void aBackendThatResetsConnectionsIsTakenOfflineItsUsersAreServedElsewhereAndRepairedItComesBack() {
        assertThat(ask("PUT", "/api/v1/sites/" + SITE + "/features/error-mitigation", "{\"state\": \"on\"}"))
                .contains("\"state\":\"on\"");
        lab.awaitServed(1, ALICE);
        String broken = lab.rows().backendOf(ALICE).orElseThrow();
        DovecotServer server = lab.site().backends().get(broken.equals("backend1") ? 0 : 1);

        Lab.reconfigure(server, """
                service imap-login {
                  executable = %s/reset.py
                  chroot =
                  user = root
                }
                """.formatted(System.getProperty("pombal.clients")));
        try {
            await().atMost(PATIENCE).until(() -> status(broken) == BackendStatus.OFFLINE);
            await().atMost(PATIENCE).until(() -> lab.isServed(1, ALICE) && lab.isServed(2, ALICE));
            assertThat(lab.rows().backendOf(ALICE)).isNotEqualTo(Optional.of(broken));
        } finally {
            Lab.reconfigure(server, "");
        }
        await().atMost(PATIENCE).until(() -> status(broken) == BackendStatus.ONLINE);

        assertThat(ask("GET", "/api/v1/audit?limit=200", ""))
                .contains(
                        "\"action\":\"backend.offline\"",
                        "\"action\":\"group.move\"",
                        "\"action\":\"backend.online\"",
                        "2 of 2 observers see it broken (failures 100 % of",
                        broken + ".test is offline and still broken",
                        "observers see it healthy");
        assertThat(ask("GET", "/api/v1/plans/error-mitigation", ""))
                .contains("\"mode\":\"on\"", "of 2 backends 2 are healthy");
        lab.awaitServed(1, ALICE);
    }

    @Test
    void loadIsBalancedByWhatPrometheusRecordsAndWhileItIsAwayHealthSaysSo() {
        lab.awaitServed(1, ALICE);
        prometheus.awaitScores(PATIENCE);
        await().atMost(PATIENCE).until(() -> health().contains("\"leader\":\"up\""));
        assertThat(health()).contains("\"status\":\"up\"").doesNotContain("prometheus");

        assertThat(simulation())
                .contains(
                        "\"mode\":\"dryrun\"",
                        "score of backend1.test (Prometheus)",
                        "score of backend2.test (Prometheus)",
                        "highest load over mean, before");
        assertThat(health()).contains("\"status\":\"up\"", "\"prometheus\":\"up\"");

        toPrometheus.cut();
        assertThat(simulation()).contains("score of backend1.test (nodes)", "(PROMETHEUS_URL) does not answer");
        assertThat(health()).contains("\"status\":\"degraded\"", "\"geoDb\":\"up\"", "\"prometheus\":\"away\"");

        toPrometheus.repair();
        assertThat(simulation()).contains("score of backend1.test (Prometheus)");
        assertThat(health()).contains("\"status\":\"up\"", "\"prometheus\":\"up\"");
    }

    private String simulation() {
        return ask("GET", "/api/v1/plans/load-balancing/simulation", "");
    }

    private String health() {
        return ask("GET", "/api/v1/health", "");
    }

    @Test
    void theControllersMetricsAreReadByPrometheus() {
        lab.awaitServed(1, ALICE);
        assertThat(ask("PUT", "/api/v1/sites/" + SITE + "/features/metrics", "{\"state\": \"on\"}"))
                .contains("\"state\":\"on\"");
        prometheus.scrapeToo(controller.address(), admin);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(prometheus.query("pombal_controller_leader")).contains("\"site\":\"auto\"", ",\"1\"]");
            assertThat(prometheus.query("pombal_proxy_successes{backend=\"backend1.test\"}"))
                    .contains("\"proxy\":", "\"traffic\":");
            assertThat(prometheus.query("count(pombal_backend_status == 1)")).contains("\"2\"]");
        });
    }

    /** Grafana is not here; this is what it would be answered. */
    @Test
    void eachQueryOfTheDashboardsHasAnAnswer() {
        assertThat(ask("PUT", "/api/v1/sites/" + SITE + "/features/metrics", "{\"state\": \"on\"}"))
                .contains("\"state\":\"on\"");
        prometheus.scrapeToo(controller.address(), admin);
        lab.awaitServed(1, ALICE);
        Map<String, String> queries = DashboardQueries.of(SITE);
        assertThat(queries).hasSizeGreaterThan(50);
        assertThat(queries.keySet()).containsAll(MAYBE_NOTHING);

        await().ignoreExceptionsInstanceOf(MailException.class)
                .pollInterval(Duration.ofSeconds(1))
                .atMost(PATIENCE)
                .untilAsserted(() -> {
                    // What part of logins failed is said only where there were ten of late.
                    for (int login = 0; login < ENOUGH_TO_JUDGE; login++) {
                        lab.session(ALICE).close();
                    }
                    assertThat(DashboardQueries.ofVariables(SITE)).allMatch(series -> prometheus.values(series) > 0);
                    assertThat(queries.entrySet().stream()
                                    .filter(query -> prometheus.values(query.getValue())
                                            < (MAYBE_NOTHING.contains(query.getKey()) ? 0 : 1)))
                            .as("without an answer")
                            .isEmpty();
                });
    }

    private BackendStatus status(String name) {
        return lab.rows().backends().stream()
                .filter(backend -> backend.host().value().startsWith(name + "."))
                .map(Backend::status)
                .findFirst()
                .orElseThrow();
    }
}
