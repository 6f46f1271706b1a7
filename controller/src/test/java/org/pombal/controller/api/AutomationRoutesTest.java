package org.pombal.controller.api;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pombal.controller.TestController;
import org.pombal.controller.TestController.Answer;

/** What operators see of the automation, and ask of it. */
class AutomationRoutesTest {

    private static TestController controller;

    @BeforeAll
    static void start() {
        controller = TestController.start();
        for (String host : new String[] {"b1.example.org", "b2.example.org"}) {
            controller.post("/api/v1/backends", "{\"site\":\"lisbon\",\"host\":\"" + host + "\"}");
            controller.patch("/api/v1/backends/" + host, "{\"status\":\"online\"}");
        }
    }

    @AfterAll
    static void stop() {
        controller.close();
    }

    @Test
    void whatHasNotDecidedYetHasNoPlan() {
        assertThat(controller.get("/api/v1/plans").json().get("items")).isEmpty();
        assertThat(controller.get("/api/v1/plans/error-mitigation").status()).isEqualTo(404);
        assertThat(controller.get("/api/v1/plans/everything").detail()).contains("error-mitigation, load-balancing");
    }

    @Test
    void loadBalancingSaysWhatItWouldDoNow() {
        Answer plan = controller.get("/api/v1/plans/load-balancing/simulation");

        assertThat(plan.status()).isEqualTo(200);
        assertThat(plan.json().get("mode").asText()).isEqualTo("dryrun");
        assertThat(plan.json().get("summary").asText()).contains("0 samples of the load");
    }

    @Test
    void errorMitigationSaysWhatItWouldDoNowAndWhatCountsUsersDoesNot() {
        Answer plan = controller.get("/api/v1/plans/error-mitigation/simulation");
        assertThat(plan.json().get("summary").asText()).startsWith("of 2 backends");
        assertThat(controller.get("/api/v1/plans/error-mitigation").status()).isEqualTo(404);

        Answer sizes = controller.get("/api/v1/plans/group-sizes/simulation");
        assertThat(sizes.status()).isEqualTo(409);
        assertThat(sizes.detail()).contains("start the task 'group-sizes'");
        assertThat(controller.get("/api/v1/plans/everything/simulation").status())
                .isEqualTo(404);
    }

    @Test
    void balancingOutOfTurnIsATaskWhosePlanIsKept() {
        Answer asked = controller.post("/api/v1/tasks", "{\"name\":\"load-balancing-extra\"}");
        assertThat(asked.status()).isEqualTo(202);

        String id = asked.json().at("/result/id").asText();
        await().atMost(20, SECONDS).until(() -> controller
                .get("/api/v1/tasks/" + id)
                .json()
                .get("state")
                .asText()
                .equals("done"));
        assertThat(controller.get("/api/v1/plans/load-balancing").json().get("notes"))
                .anyMatch(note -> note.asText().equals("asked for by an operator"));
    }

    @Test
    void anotherNumberOfGroupsHasToBeOne() {
        assertThat(controller.get("/api/v1/group-number").status()).isEqualTo(404);
        assertThat(controller.post("/api/v1/group-number", "{\"groups\":0}").status())
                .isEqualTo(400);
        assertThat(controller.post("/api/v1/group-number", "{\"groups\":5}").detail())
                .contains("has no groups yet");
        assertThat(controller.post("/api/v1/group-number/start", "").status()).isEqualTo(409);
        assertThat(controller.delete("/api/v1/group-number").detail()).contains("no change of the number of groups");
    }

    @Test
    void aBackendIsEmptiedAtARateThatCanBe() {
        assertThat(controller
                        .post("/api/v1/evacuations", "{\"backend\":\"b1.example.org\",\"groupsPerMinute\":0}")
                        .status())
                .isEqualTo(400);
        assertThat(controller
                        .post("/api/v1/evacuations", "{\"backend\":\"b9.example.org\",\"groupsPerMinute\":6}")
                        .detail())
                .contains("there is no backend 'b9.example.org'");
        assertThat(controller.delete("/api/v1/evacuations/b9.example.org").status())
                .isEqualTo(404);
    }
}
