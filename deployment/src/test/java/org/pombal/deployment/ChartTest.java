package org.pombal.deployment;

import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pombal.app.AllSettings;
import org.pombal.controller.settings.ControllerRole;
import org.pombal.controller.settings.ControllerSettings;
import org.pombal.controller.settings.TaskSettings;
import org.pombal.settings.Setting;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsFile;
import org.pombal.settings.SettingsResolver;

/** The chart, rendered by real Helm and judged by the types of Kubernetes and by the program's own settings. */
class ChartTest {

    private static final Path VALUES =
            Checkout.ROOT.resolve("deployment/src/test/resources/org/pombal/deployment/values");

    private static final Set<String> NAMES = Stream.concat(
                    AllSettings.CATALOG.settings().map(Setting::name),
                    Stream.of("CLUSTER_SITE", "CASSANDRA_BOOTSTRAP_PATIENCE"))
            .collect(toUnmodifiableSet());

    @TempDir
    private Path folder;

    /** The examples are two files, given one after the other. */
    private static List<Path> values(String name) {
        Path examples = Checkout.PACKAGING.resolve("helm/examples");
        return name.equals("examples")
                ? List.of(examples.resolve("global.yaml"), examples.resolve("controller.yaml"))
                : List.of(VALUES.resolve(name + ".yaml"));
    }

    static Stream<String> valueSets() {
        return Stream.of("minimal", "parts", "much", "examples");
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void helm_finds_nothing_wrong(String name) throws Exception {
        LintResult result = Chart.lint(folder, values(name));
        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void kubernetes_knows_each_field(String name) throws Exception {
        Set<String> names = new HashSet<>();
        for (JsonNode object : Chart.rendered(values(name))) {
            assertThat(KubernetesTypes.problems(object)).isEmpty();
            String whole = object.get("kind").asText() + "/"
                    + object.at("/metadata/name").asText();
            assertThat(names.add(whole)).as(whole).isTrue();
            assertThat(object.at("/metadata/labels/app.kubernetes.io~1instance").asText())
                    .isEqualTo(Chart.RELEASE);
        }
        assertThat(names).contains("Service/controller-pombal-controller", "Job/controller-pombal-controller-init");
    }

    @Test
    void fields_that_kubernetes_does_not_know_would_be_found() throws Exception {
        assertThat(KubernetesTypes.problems(Checkout.yaml("""
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: d}
                        spec: {template: {spec: {containers: [{name: c, livenesProbe: {}}]}}}
                        """)))
                .containsExactly("d.Spec.Template.Spec.Containers[0].livenesProbe is not known");
        assertThat(KubernetesTypes.problems(
                        Checkout.yaml("apiVersion: apps/v1\nkind: Deployment\nspec: {replicas: two}")))
                .singleElement()
                .asString()
                .contains("\"two\"");
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void each_container_starts_with_settings_that_the_program_takes(String name) throws Exception {
        EnumSet<ControllerRole> roles = EnumSet.noneOf(ControllerRole.class);
        for (JsonNode deployment : Chart.ofKind(Chart.rendered(values(name)), "Deployment")) {
            Settings settings = settings(deployment.at("/spec/template/spec/containers/0/env"));
            assertThat(settings.warnings()).isEmpty();
            roles.addAll(settings.get(TaskSettings.ROLES));
        }
        assertThat(roles).containsExactly(ControllerRole.values());
    }

    /** Values that come from Secrets are such as go with their names. */
    private Settings settings(JsonNode env) throws Exception {
        Map<String, String> environment = new HashMap<>();
        for (JsonNode variable : env) {
            String name = variable.get("name").asText();
            String former = environment.put(
                    name,
                    variable.has("value")
                            ? variable.get("value").asText()
                            : name.endsWith("_URL") ? "redis://redis.example.org" : "from-a-secret");
            assertThat(former).as(name).isNull();
            // By the environment they would be passed over in silence.
            assertThat(NAMES).contains(name);
        }
        Set<String> needed = new HashSet<>(ControllerSettings.GROUPS);
        needed.add("log");
        return new SettingsResolver(AllSettings.CATALOG).resolve(SettingsFile.none(), environment, needed);
    }

    @Test
    void a_change_of_version_never_leaves_the_site_without_a_controller() throws Exception {
        for (JsonNode deployment : Chart.ofKind(Chart.rendered(values("examples")), "Deployment")) {
            assertThat(deployment
                            .at("/spec/strategy/rollingUpdate/maxUnavailable")
                            .asInt(-1))
                    .isZero();
            assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(2);
        }
        assertThat(Chart.ofKind(Chart.rendered(values("parts")), "PodDisruptionBudget"))
                .hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void nothing_runs_as_root_or_writes_where_it_need_not(String name) throws Exception {
        for (JsonNode object : Chart.rendered(values(name))) {
            JsonNode pod = object.at("/spec/template/spec");
            if (pod.isObject()) {
                assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
                // Only what is to scale backends may talk to Kubernetes.
                assertThat(pod.at("/automountServiceAccountToken").asBoolean(true))
                        .isEqualTo(pod.has("serviceAccountName"));
                JsonNode container = pod.at("/containers/0/securityContext");
                assertThat(container.at("/readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(container.at("/allowPrivilegeEscalation").asBoolean(true))
                        .isFalse();
                assertThat(container.at("/capabilities/drop")).hasToString("[\"ALL\"]");
            }
        }
    }

    @Test
    void the_controller_may_change_the_number_of_backends_and_nothing_else() throws Exception {
        List<JsonNode> objects = Chart.rendered(values("much"));
        JsonNode role = Chart.ofKind(objects, "Role").get(0);
        assertThat(role.get("rules"))
                .isEqualTo(
                        Checkout.yaml(
                                "[{apiGroups: [apps], resources: [statefulsets/scale], resourceNames: [dovecot], verbs: [get, update]}]"));
        assertThat(role.at("/metadata/namespace").asText()).isEqualTo("mail");
        assertThat(Chart.ofKind(Chart.rendered(values("parts")), "Role")).isEmpty();
    }

    @Test
    void the_rules_of_prometheus_operator_are_those_that_are_tested() throws Exception {
        List<JsonNode> rules = Chart.ofKind(Chart.rendered(values("much")), "PrometheusRule");
        assertThat(rules).hasSize(2);
        for (JsonNode rule : rules) {
            String file = rule.at("/metadata/name").asText().endsWith("-alerts") ? "alerts" : "rules";
            assertThat(rule.get("spec"))
                    .isEqualTo(Checkout.yaml(
                            Checkout.text(Checkout.PACKAGING.resolve("prometheus/pombal." + file + ".yml"))));
        }
    }

    @Test
    void the_configuration_of_its_own_prometheus_is_good() throws Exception {
        JsonNode files = Chart.ofKind(Chart.rendered(values("parts")), "ConfigMap")
                .get(0)
                .get("data");
        for (Map.Entry<String, JsonNode> file : files.properties()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue().asText());
        }
        Checkout.Ran ran = Checkout.run(
                folder, Map.of(), List.of("promtool", "check", "config", "--syntax-only", "prometheus.yml"));
        assertThat(ran.code()).as(ran.said()).isZero();
        assertThat(files.get("prometheus.yml").asText()).contains("b1.example.org:24280");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            replicas: two                                 | /replicas
            replicas: 0                                   | /replicas
            mode: many                                    | /mode
            replica: 2                                    | replica
            logLevels: {api: loud}                        | /logLevels/api
            redis: {url: localhost}                       | /redis/url
            image: {repository: Example}                  | /image/repository
            settings: {A B: 1}                            | A B
            secretSettings: {CASSANDRA_PASSWORD: secret}  | /secretSettings/CASSANDRA_PASSWORD
            prometheus: {nodes: [b1]}                     | /prometheus/nodes/0
            podDisruptionBudget: {maxUnavailable: some}   | /podDisruptionBudget/maxUnavailable
            """)
    void wrong_values_are_refused_by_their_names(String line, String field) throws Exception {
        Path wrong = Files.writeString(
                folder.resolve("wrong.yaml"), "global: {site: s, cassandra: {servers: [c]}}\n" + line + "\n");
        assertThatThrownBy(() -> Chart.rendered(List.of(wrong))).hasMessageContaining("'" + field + "'");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            global: {cassandra: {servers: [c]}}                         | /global/site
            global: {site: s}                                           | /global/cassandra/servers
            global: {site: s, cassandra: {servers: c}}                  | /global/cassandra/servers
            global: {site: s, cassandra: {servers: [c], port: "9042"}}  | /global/cassandra/port
            global: {site: s, cassandra: {servers: [c], prot: 9042}}    | prot
            global: {site: s, cassandra: {servers: [c], replication: {dc1: many}}} | /global/cassandra/replication/dc1
            """)
    void wrong_values_of_the_site_are_refused_by_their_names(String line, String field) throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), line + "\n");
        assertThatThrownBy(() -> Chart.rendered(List.of(wrong))).hasMessageContaining("'" + field + "'");
    }

    @Test
    void the_job_that_prepares_cassandra_runs_before_all_else() throws Exception {
        JsonNode job = Chart.ofKind(Chart.rendered(values("parts")), "Job").get(0);
        assertThat(Checkout.text(Chart.FOLDER.resolve("templates/init-job.yaml")))
                .contains("helm.sh/hook: pre-install,pre-upgrade");
        // What it needs is there before the release's own objects are.
        assertThat(job.at("/spec/template/spec/volumes").findValues("configMap"))
                .isEmpty();
        settings(job.at("/spec/template/spec/containers/0/env"));
    }

    @Test
    void what_goes_together_is_asked_for() throws Exception {
        String site = "global: {site: s, cassandra: {servers: [c]}}\n";
        Path parts = Files.writeString(folder.resolve("parts.yaml"), site + "mode: parts\n");
        assertThatThrownBy(() -> Chart.rendered(List.of(parts))).hasMessageContaining("mode: parts needs a Redis");
        Path monitor =
                Files.writeString(folder.resolve("m.yaml"), site + "prometheus: {serviceMonitor: {enabled: true}}\n");
        assertThatThrownBy(() -> Chart.rendered(List.of(monitor)))
                .hasMessageContaining("prometheus.tokenSecret is needed");
    }

    @Test
    void it_is_packaged_whole() throws Exception {
        new Helm(Chart.FOLDER).packageIt().withDestination(folder).call();
        JsonNode chart = Checkout.yaml(Checkout.text(Chart.FOLDER.resolve("Chart.yaml")));
        assertThat(chart.get("appVersion").asText()).isEqualTo(Checkout.VERSION);
        Path packaged =
                folder.resolve("pombal-controller-" + chart.get("version").asText() + ".tgz");
        String listed = Checkout.run(folder, Map.of(), List.of("tar", "-tvzf", packaged.toString()))
                .said();
        assertThat(listed)
                .contains("pombal-controller/values.schema.json", "pombal-controller/files/pombal.alerts.yml")
                .doesNotContain("->");
    }
}
