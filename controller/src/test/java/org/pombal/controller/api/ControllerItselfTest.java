package org.pombal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ControllerItselfTest extends SiteFixture {

    @Test
    void settingsAreShownWithTheirOrigin() {
        JsonNode settings = items("/api/v1/settings");
        assertThat(settings.findValuesAsText("name"))
                .contains("cluster_local_site", "CONTROLLER_LISTEN", "CASSANDRA_PORT");
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
}
