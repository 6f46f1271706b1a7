package org.pombal.controller.api;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.controller.TestController.Answer;

@Timeout(120)
class ControllerItselfTest extends SiteFixture {

    @Test
    void settingsAreShownWithTheirOrigin() {
        JsonNode settings = items("/api/v1/settings");
        assertThat(settings.findValuesAsText("name"))
                .contains("cluster_local_site", "CONTROLLER_LISTEN", "CASSANDRA_PORT");
        JsonNode listen = named(settings, "CONTROLLER_LISTEN");
        assertThat(listen.get("value").asText()).isEqualTo("127.0.0.1:0");
        assertThat(listen.get("origin").asText()).isEqualTo("environment variable CONTROLLER_LISTEN");
        JsonNode port = named(settings, "CASSANDRA_PORT");
        assertThat(port.get("value").asText()).isEqualTo("9042");
        assertThat(port.get("origin").asText()).isEqualTo("default");
    }

    private static JsonNode named(JsonNode settings, String name) {
        return StreamSupport.stream(settings.spliterator(), false)
                .filter(setting -> setting.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theCallerLearnsWhoHeIs() {
        assertThat(controller.get("/api/v1/me").json().get("name").asText()).isEqualTo("admin");
        assertThat(controller.get("/api/v1/me").json().get("roles").toString())
                .isEqualTo("[\"viewer\",\"operator\",\"admin\"]");
    }

    @Test
    void theDefaultAutoscalerWantsWhatThereIs() {
        backend("localhost");
        backend("b1.example.org");
        JsonNode autoscaling = controller.get("/api/v1/autoscaling").json();
        assertThat(autoscaling.get("site").asText()).isEqualTo("lisbon");
        assertThat(autoscaling.get("autoscaler").asText()).isEqualTo("default");
        assertThat(autoscaling.get("backends").asInt()).isEqualTo(2);
        assertThat(autoscaling.get("desired").asInt()).isEqualTo(2);
    }

    @Test
    void usersAreBalancedBetweenGroupsUnlessTheSettingsSayNo() {
        // It may have begun by itself already.
        assertThat(controller
                        .post("/api/v1/tasks", "{\"name\":\"group-sizes\"}")
                        .status())
                .isIn(202, 409);

        instead("GROUP_BALANCE_ENABLED=no");
        await().atMost(20, SECONDS).until(() -> tasks().contains("error-mitigation"));
        assertThat(tasks()).doesNotContain("group-sizes");
        Answer byHand = controller.post("/api/v1/tasks", "{\"name\":\"group-sizes\"}");
        assertThat(byHand.status()).isEqualTo(400);
        assertThat(byHand.detail()).contains("there is no such task").doesNotContain("group-sizes,");
    }

    private List<String> tasks() {
        return items("/api/v1/tasks").findValuesAsText("name");
    }
}
