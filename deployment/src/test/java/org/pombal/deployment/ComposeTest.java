package org.pombal.deployment;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.app.AllSettings;
import org.pombal.controller.settings.ControllerRole;
import org.pombal.controller.settings.ControllerSettings;
import org.pombal.controller.settings.TaskSettings;
import org.pombal.deployment.Checkout.Ran;
import org.pombal.deployment.ComposeVariables.Variable;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsFile;
import org.pombal.settings.SettingsResolver;

/** The Compose file and what is beside it, as real Compose and the real settings understand them. */
class ComposeTest {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):-([^}]*)}");

    @TempDir
    private Path temporary;

    private ComposeFolder folder;

    @BeforeEach
    void copy() throws Exception {
        folder = new ComposeFolder(temporary);
    }

    private static Map<String, String> defaults() {
        return ComposeVariables.all().stream().collect(toMap(Variable::name, Variable::ours));
    }

    @Test
    void has_the_variables_of_the_reference_with_their_defaults_but_for_those_that_are_listed() {
        Map<String, String> found = new HashMap<>();
        VARIABLE.matcher(Checkout.text(folder.file("docker-compose.yml")))
                .results()
                .forEach(match -> found.merge(match.group(1), match.group(2), (one, other) -> {
                    assertThat(one).as(match.group(1)).isEqualTo(other);
                    return one;
                }));
        assertThat(found).isEqualTo(defaults());
    }

    @Test
    void the_example_shows_each_variable_at_its_default() throws Exception {
        Map<String, String> shown = Pattern.compile("(?m)^(\\w+)=(.*)$")
                .matcher(Checkout.text(folder.file("example.env")))
                .results()
                .collect(toMap((MatchResult match) -> match.group(1), match -> match.group(2)));
        assertThat(shown).isEqualTo(defaults());
        folder.env(Checkout.text(folder.file("example.env")));
        assertThat(folder.check()).isEqualTo(new Ran(0, ""));
    }

    @Test
    void every_deviation_from_the_reference_is_on_the_page() {
        String page = Checkout.text(Checkout.ROOT.resolve("docs/compose.md"));
        for (Variable variable : ComposeVariables.all()) {
            assertThat(page).contains("`" + variable.name() + "`");
            if (variable.deviates() && !variable.name().equals("CONTROLLER_IMAGE_TAG")) {
                assertThat(page).contains("`" + variable.ours() + "`");
                assertThat(page).contains(variable.theirs());
            }
        }
    }

    @Test
    void compose_understands_it_with_defaults() throws Exception {
        JsonNode services = services();
        assertThat(services.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "cassandra-bootstrap",
                        "controller-api",
                        "controller-scheduler",
                        "controller-worker-high",
                        "controller-worker-low",
                        "redis",
                        "prometheus");
        assertThat(services.at("/redis/image").asText()).isEqualTo("docker.io/library/redis:7.2");
        assertThat(services.at("/controller-worker-low/deploy/replicas").asInt())
                .isEqualTo(2);
        assertThat(services.at("/controller-api/ports/0").asText()).isEqualTo("127.0.0.1:8080:8080/tcp");
    }

    @Test
    void compose_takes_the_variables_from_the_env_file() throws Exception {
        folder.env("""
                CONTROLLER_IMAGE_URL=registry.example.org:5000/mail/pombal
                CONTROLLER_IMAGE_TAG=1.2.3
                CONTROLLER_WORKER_LOW_PRIO_REPLICAS=5
                CONTROLLER_REDIS_REPLICAS=0
                CONTROLLER_API_LOG_LEVEL=debug
                CONTROLLER_API_PORT=9090
                """);
        assertThat(folder.check()).isEqualTo(new Ran(0, ""));
        JsonNode services = services();
        assertThat(services.at("/controller-scheduler/image").asText())
                .isEqualTo("registry.example.org:5000/mail/pombal:1.2.3");
        assertThat(services.at("/controller-worker-low/deploy/replicas").asInt())
                .isEqualTo(5);
        assertThat(services.at("/redis/deploy/replicas").asInt()).isZero();
        assertThat(services.at("/controller-api/ports/0").asText()).isEqualTo("127.0.0.1:9090:8080/tcp");
        assertThat(settings(services.get("controller-api")).inForce())
                .anySatisfy(line ->
                        assertThat(line.name() + " = " + line.value()).isEqualTo("CONTROLLER_API_LOG_LEVEL = debug"));
    }

    @Test
    void the_parts_of_the_controller_are_all_there_and_start_with_the_shipped_settings() throws Exception {
        Set<ControllerRole> roles = EnumSet.noneOf(ControllerRole.class);
        for (Map.Entry<String, JsonNode> service : services().properties()) {
            if (service.getKey().startsWith("controller-")) {
                Settings settings = settings(service.getValue());
                assertThat(settings.warnings()).as(service.getKey()).isEmpty();
                roles.addAll(settings.get(TaskSettings.ROLES));
            }
        }
        assertThat(roles).containsExactly(ControllerRole.values());
    }

    @Test
    void containers_of_the_controller_may_do_no_more_than_they_need() throws Exception {
        for (Map.Entry<String, JsonNode> service : services().properties()) {
            if (service.getKey().contains("cassandra") || service.getKey().startsWith("controller-")) {
                JsonNode its = service.getValue();
                assertThat(its.get("read_only").asBoolean())
                        .as(service.getKey())
                        .isTrue();
                assertThat(its.get("cap_drop")).hasToString("[\"ALL\"]");
                assertThat(its.get("security_opt")).hasToString("[\"no-new-privileges:true\"]");
            }
        }
    }

    private JsonNode services() throws Exception {
        Ran ran = folder.resolved();
        assertThat(ran.code()).as(ran.said()).isZero();
        return Checkout.yaml(ran.said()).get("services");
    }

    /** As the program in the container resolves them. */
    private Settings settings(JsonNode service) throws Exception {
        Map<String, String> environment = new HashMap<>();
        service.get("environment")
                .properties()
                .forEach(variable ->
                        environment.put(variable.getKey(), variable.getValue().asText()));
        Set<String> needed = new HashSet<>(ControllerSettings.GROUPS);
        needed.add("log");
        return new SettingsResolver(AllSettings.CATALOG)
                .resolve(SettingsFile.read(folder.file("controller_config")), environment, needed);
    }
}
