package org.pombal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.deployment.Checkout.Ran;

/** Rules, alerts and dashboards against the metrics that there are, and against Prometheus' own parser. */
class MonitoringTest {

    private static final Path PROMETHEUS = Checkout.PACKAGING.resolve("prometheus");
    private static final Path DASHBOARDS = Checkout.PACKAGING.resolve("grafana/dashboards");

    @TempDir
    private Path folder;

    private record Rule(String name, String expression, boolean alert, String runbook) {}

    private static List<Rule> rules(String file) {
        List<Rule> rules = new ArrayList<>();
        JsonNode groups = yaml(PROMETHEUS.resolve(file)).get("groups");
        groups.forEach(group -> group.get("rules").forEach(rule -> {
            boolean alert = rule.has("alert");
            rules.add(new Rule(
                    rule.get(alert ? "alert" : "record").asText(),
                    rule.get("expr").asText(),
                    alert,
                    rule.at("/annotations/runbook").asText()));
        }));
        return rules;
    }

    private static JsonNode yaml(Path file) {
        return Checkout.yaml(Checkout.text(file));
    }

    private static Set<String> known() throws Exception {
        Set<String> known = new TreeSet<>(MetricNames.registered());
        rules("pombal.rules.yml").forEach(rule -> known.add(rule.name()));
        return known;
    }

    /** Each query of a dashboard, by where it is. */
    private static Map<String, String> queries() throws Exception {
        Map<String, String> queries = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            for (Path file : files.sorted().toList()) {
                JsonNode dashboard = new ObjectMapper().readTree(file.toFile());
                for (JsonNode panel : dashboard.get("panels")) {
                    for (JsonNode target : panel.path("targets")) {
                        queries.put(
                                file.getFileName() + ": " + panel.get("title").asText() + " "
                                        + target.get("refId").asText(),
                                target.get("expr").asText());
                    }
                }
            }
        }
        return queries;
    }

    @Test
    void the_names_of_the_program_are_found_with_their_endings() throws Exception {
        assertThat(MetricNames.registered())
                .contains(
                        "pombal_relay_requests_total",
                        "pombal_localdb_rebuilds_total",
                        "pombal_route_lookup_seconds_bucket",
                        "pombal_backend_trusted",
                        "pombal_tasks_waiting",
                        "pombal_host_load",
                        "pombal_dovecot_hangs")
                .hasSizeGreaterThan(60);
    }

    @Test
    void rules_and_alerts_use_metrics_that_there_are() throws Exception {
        Set<String> known = known();
        Stream.concat(rules("pombal.rules.yml").stream(), rules("pombal.alerts.yml").stream())
                .forEach(rule -> assertThat(known).as(rule.name()).containsAll(MetricNames.usedBy(rule.expression())));
    }

    @Test
    void each_alert_has_a_section_in_the_runbook_and_a_test() {
        String runbook = Checkout.text(Checkout.ROOT.resolve("docs/runbook.md"));
        String tests = Checkout.text(PROMETHEUS.resolve("pombal.alerts.test.yml"));
        List<Rule> alerts = rules("pombal.alerts.yml");
        assertThat(alerts).hasSizeGreaterThan(30).allSatisfy(alert -> {
            assertThat(runbook).contains("\n### " + alert.name() + "\n");
            assertThat(alert.runbook())
                    .isEqualTo("docs/runbook.md#" + alert.name().toLowerCase(Locale.ROOT));
            assertThat(tests).contains("{alertname=\"" + alert.name() + "\"}");
        });
        assertThat(runbook.lines().filter(line -> line.startsWith("### "))).hasSameSizeAs(alerts);
    }

    @Test
    void dashboards_use_metrics_that_there_are() throws Exception {
        Set<String> known = known();
        assertThat(queries()).hasSizeGreaterThan(50);
        queries().forEach((where, query) -> assertThat(known).as(where).containsAll(MetricNames.usedBy(query)));
    }

    @Test
    void prometheus_understands_each_query_of_the_dashboards() throws Exception {
        StringBuilder rules = new StringBuilder("groups:\n- name: dashboards\n  rules:\n");
        int number = 0;
        for (String query : queries().values()) {
            String expression = query.replace("$__rate_interval", "1m")
                    .replace("$site", "s")
                    .replace("$host", "h");
            assertThat(expression).doesNotContain("$");
            rules.append("  - record: query_")
                    .append(number++)
                    .append("\n    expr: '")
                    .append(expression.replace("'", "''"))
                    .append("'\n");
        }
        Path file = Files.writeString(folder.resolve("queries.yml"), rules);
        Ran ran = Checkout.run(folder, Map.of(), List.of("promtool", "check", "rules", file.toString()));
        assertThat(ran.code()).as(ran.said()).isZero();
    }

    @Test
    void dashboards_are_provisioned_as_grafana_wants_them() throws Exception {
        Set<String> ids = new TreeSet<>();
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            for (Path file : files.toList()) {
                JsonNode dashboard = new ObjectMapper().readTree(file.toFile());
                assertThat(ids.add(dashboard.get("uid").asText())).isTrue();
                assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
                Set<Integer> panels = new TreeSet<>();
                dashboard.get("panels").forEach(panel -> assertThat(
                                panels.add(panel.get("id").asInt()))
                        .isTrue());
            }
        }
        JsonNode provider = yaml(Checkout.PACKAGING.resolve("grafana/provisioning/dashboards/pombal.yml"));
        assertThat(provider.at("/providers/0/options/path").asText()).startsWith("/var/lib/grafana/dashboards");
        assertThat(yaml(Checkout.PACKAGING.resolve("grafana/provisioning/datasources/pombal.yml"))
                        .at("/datasources/0/type")
                        .asText())
                .isEqualTo("prometheus");
    }
}
