package org.pombal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.controller.TestController.Answer;

@Timeout(120)
class SitesTest extends SiteFixture {

    @Test
    void theSiteOfTheSettingsIsAddedAtTheFirstStart() {
        JsonNode site = controller.get("/api/v1/sites/lisbon").json();
        assertThat(site.get("status").asText()).isEqualTo("online");
        assertThat(site.get("loadBalancer").asText()).isEqualTo("mail.lisbon.example.org");
        assertThat(site.has("tag")).isFalse();
    }

    @Test
    void aSiteIsAddedChangedAndRemoved() {
        controller.post("/api/v1/tags", "{\"name\":\"gold\"}");
        Answer added = controller.post("/api/v1/sites", "{\"name\":\"porto\",\"tag\":\"gold\"}");
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.response().headers().firstValue("Location")).contains("/api/v1/sites/porto");
        assertThat(added.json().at("/result/tag").asText()).isEqualTo("gold");

        Answer changed = controller.patch(
                "/api/v1/sites/porto", "{\"status\":\"standby\",\"tag\":\"\",\"loadBalancer\":\"lb.example.org\"}");
        assertThat(changed.json().at("/result/status").asText()).isEqualTo("standby");
        assertThat(changed.json().at("/result/loadBalancer").asText()).isEqualTo("lb.example.org");
        assertThat(changed.json().get("result").has("tag")).isFalse();

        assertThat(controller.delete("/api/v1/sites/porto").status()).isEqualTo(200);
        assertThat(controller.get("/api/v1/sites/porto").status()).isEqualTo(404);
    }

    @Test
    void whoRenamesASiteIsWarnedOfWhatItsNodesNeed() {
        controller.post("/api/v1/sites", "{\"name\":\"porto\"}");
        Answer renamed = controller.patch("/api/v1/sites/porto", "{\"name\":\"gaia\"}");
        assertThat(renamed.json().at("/warnings/0").asText()).contains("cluster_local_site = gaia");
        assertThat(controller.get("/api/v1/sites/gaia").status()).isEqualTo(200);
    }

    @Test
    void nodesAndStatisticsOfASiteWithoutAnyAreEmptyLists() {
        assertThat(items("/api/v1/sites/lisbon/nodes")).isEmpty();
        assertThat(items("/api/v1/sites/lisbon/proxy-statistics")).isEmpty();
        assertThat(controller
                        .delete("/api/v1/sites/lisbon/proxies/p1.example.org")
                        .status())
                .isEqualTo(404);
    }
}
