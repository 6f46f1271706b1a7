package org.pombal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.controller.TestController.get;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.pombal.controller.TestController;
import org.pombal.controller.TestController.Answer;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

/** A controller of its own for each test, and what tests put into its GeoDB. */
abstract class SiteFixture {

    TestController controller = TestController.start();

    /** Another one in its place, with settings of its own, each as NAME=VALUE. */
    void instead(String... settings) {
        controller.close();
        controller = TestController.start(settings);
        waitForTheSite();
    }

    @BeforeEach
    void waitForTheSite() {
        assertThat(controller.get("/api/v1/sites/lisbon").status()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        controller.close();
    }

    JsonNode items(String path) {
        Answer answer = controller.get(path);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json().get("items");
    }

    void backend(String host) {
        Answer added = controller.post("/api/v1/backends", "{\"site\":\"lisbon\",\"host\":\"" + host + "\"}");
        assertThat(added.status()).as(added.response().body()).isEqualTo(201);
        assertThat(controller
                        .patch("/api/v1/backends/" + host, "{\"status\":\"online\"}")
                        .status())
                .isEqualTo(200);
    }

    SiteId lisbon() {
        return get(controller.geoDb().sites().list()).stream()
                .filter(site -> site.name().equals("lisbon"))
                .findFirst()
                .orElseThrow()
                .id();
    }

    GroupId group(String name, String host) {
        Backend backend =
                get(controller.geoDb().backends().find(new HostName(host))).orElseThrow();
        GroupId id = new GroupId(lisbon(), name);
        get(controller.geoDb().groups().createIfAbsent(UserGroup.placed(id, backend.id(), Optional.empty())));
        return id;
    }

    void user(String name, GroupId group) {
        get(controller.geoDb().users().createIfAbsent(User.firstSeen(new UserKey(name), group)));
    }
}
