package org.pombal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.controller.TestController.Answer;

@Timeout(120)
class FeaturesTest extends SiteFixture {

    @Test
    void theFeaturesOfTheOwnSiteAreSwitchedAndThoseOfOthersAreNot() {
        assertThat(items("/api/v1/sites/lisbon/features").findValuesAsText("state"))
                .containsExactly("off", "off", "off", "off");
        Answer on = controller.put("/api/v1/sites/lisbon/features/metrics", "{\"state\":\"on\"}");
        assertThat(on.json().at("/result/state").asText()).isEqualTo("on");
        assertThat(controller
                        .put("/api/v1/sites/lisbon/features/metrics", "{\"state\":\"off\"}", "If-Match", "\"0\"")
                        .status())
                .isEqualTo(412);

        controller.post("/api/v1/sites", "{\"name\":\"porto\"}");
        Answer other = controller.put("/api/v1/sites/porto/features/metrics", "{\"state\":\"on\"}");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.detail()).contains("through its own controller").contains("'lisbon'");
        assertThat(items("/api/v1/sites/porto/features").findValuesAsText("state"))
                .containsExactly("off", "off", "off", "off");
    }

    @Test
    void aFeatureIsSwitchedWithoutMoreWords() {
        assertThat(controller
                        .put("/api/v1/sites/lisbon/features/load-balancing", "{\"state\":\"dryrun\"}")
                        .json()
                        .get("warnings"))
                .isEmpty();
    }
}
