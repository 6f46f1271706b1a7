package org.pombal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.controller.TestController.get;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pombal.controller.TestController.Answer;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.lease.LeaseState;

@Timeout(120)
class BackendsTest extends SiteFixture {

    @Test
    void anAddressIsNoBackendAndNeitherIsANameThatDoesNotResolve() {
        Answer address = controller.post("/api/v1/backends", "{\"site\":\"lisbon\",\"host\":\"192.0.2.1\"}");
        assertThat(address.status()).isEqualTo(400);
        assertThat(address.detail()).contains("IP address");
        Answer unknown = controller.post("/api/v1/backends", "{\"site\":\"lisbon\",\"host\":\"no-such-host.invalid\"}");
        assertThat(unknown.status()).isEqualTo(409);
        assertThat(unknown.detail()).contains("does not resolve");
        assertThat(items("/api/v1/backends")).isEmpty();
    }

    @Test
    void whoChangesWhatSomebodyElseHasChangedIsRefused() {
        backend("localhost");
        String seen = controller.get("/api/v1/backends/localhost").etag();
        Answer first = controller.patch("/api/v1/backends/localhost", "{\"loadFactor\":50}", "If-Match", seen);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.etag()).isNotEqualTo(seen);

        Answer second = controller.patch("/api/v1/backends/localhost", "{\"loadFactor\":0}", "If-Match", seen);

        assertThat(second.status()).isEqualTo(412);
        assertThat(second.detail()).contains("has been changed since it was read");
        assertThat(controller
                        .get("/api/v1/backends/localhost")
                        .json()
                        .get("loadFactor")
                        .asInt())
                .isEqualTo(50);
        assertThat(controller
                        .delete("/api/v1/backends/localhost", "If-Match", seen)
                        .status())
                .isEqualTo(412);
        assertThat(controller
                        .delete("/api/v1/backends/localhost", "If-Match", "*")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anEvacuationIsRehearsedThenStarted() {
        backend("localhost");
        backend("b1.example.org");
        group("default-1", "localhost");

        Answer rehearsed = controller.post("/api/v1/backends/localhost/evacuation?dryRun=true", "");
        assertThat(rehearsed.status()).as(rehearsed.response().body()).isEqualTo(200);
        assertThat(rehearsed.json().at("/result/0/to").asText()).isEqualTo("b1.example.org");
        assertThat(rehearsed.json().at("/result/0").has("id")).isFalse();
        assertThat(controller
                        .get("/api/v1/backends/localhost")
                        .json()
                        .get("status")
                        .asText())
                .isEqualTo("online");

        Answer started = controller.post("/api/v1/backends/localhost/evacuation", "");
        assertThat(started.json().at("/result/0/id").asText()).isNotEmpty();
        JsonNode backend = controller.get("/api/v1/backends/localhost").json();
        assertThat(backend.get("status").asText()).isEqualTo("standby");
        assertThat(backend.get("loadFactor").asInt()).isZero();
        assertThat(backend.at("/load/movingOut").asInt()).isEqualTo(1);
    }

    /** With force it can be, unless it may have sessions still. */
    @ParameterizedTest
    @CsvSource({"lease, 200", "fenced, 409"})
    void aBackendWhoseLeaseIsBrokenIsGoneWhereThatIsEnough(String takeover, int status) {
        instead("CLUSTER_TAKEOVER=" + takeover);
        backend("localhost");
        GeoDb geoDb = controller.geoDb();
        UserGroup group = get(geoDb.groups().find(group("default-1", "localhost"), ReadLevel.SERIAL))
                .orElseThrow();
        get(geoDb.groups().update(GroupSteps.claimed(group, 1)));
        LeaseId id = new LeaseId.OfBackend(group.backend());
        get(geoDb.leases()
                .replace(
                        Optional.empty(),
                        new Lease(id, 1, 7, LeaseState.BROKEN, false, "localhost", UUID.randomUUID())));

        JsonNode load = controller.get("/api/v1/backends/localhost").json().get("load");
        assertThat(load.get("lease").asText()).isEqualTo("broken");
        assertThat(load.get("leaseAgeMillis").asLong()).isBetween(0L, 60_000L);

        Answer removed = controller.delete("/api/v1/backends/localhost?force=true");

        assertThat(removed.status()).as(removed.response().body()).isEqualTo(status);
    }
}
