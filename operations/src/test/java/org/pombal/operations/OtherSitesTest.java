package org.pombal.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.operations.TestCluster.done;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.node.NodeRole;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.user.UserKey;

/** Operations on a site whose rows are written through another of Cassandra's data centres than the node's. */
class OtherSitesTest {

    private static final HostName B1 = new HostName("b1");
    private static final HostName B2 = new HostName("b2");

    private final TestCluster cluster = new TestCluster();
    private final Audit audit = new Audit("test");
    private Site porto = cluster.site("porto");

    @BeforeEach
    void aSiteElsewhere() {
        cluster.site("lisbon");
        Backend b1 = cluster.online("porto", "b1");
        cluster.online("porto", "b2");
        cluster.group(porto, "default-2", b1);
        cluster.user("ann", cluster.group(porto, "default-1", b1).id());
        cluster.reported(porto, NodeRole.BACKEND, "b1", "dc2", Duration.ofSeconds(5));
    }

    /** All that writes backends or groups of porto. */
    private Map<String, Function<Cluster, CompletionStage<? extends Outcome<?>>>> writes() {
        Map<String, Function<Cluster, CompletionStage<? extends Outcome<?>>>> writes = new TreeMap<>();
        writes.put("backend add", where -> new BackendOperations(where, audit)
                .add("porto", new HostName("b3"), Optional.empty()));
        writes.put("backend update", where -> new BackendOperations(where, audit)
                .update(B1, Optional.of(BackendStatus.STANDBY), Optional.empty()));
        writes.put("backend remove", where -> new BackendOperations(where, audit).remove(B2, true));
        writes.put("backend evacuate", where -> new Evacuation(where, audit).start(B1, false, line -> {}));
        writes.put("group update", where -> new GroupOperations(where, audit)
                .setSticky("porto", "default-1", Optional.of(true), Optional.empty()));
        writes.put("group move", where -> new GroupOperations(where, audit).move("porto", "default-1", B2, false));
        writes.put("site init", where -> new SiteGroups(where, audit)
                .create("porto", 10, new SiteGroups.Mode(false, false, false), line -> {}));
        writes.put("user move", where -> new Departures(where, audit)
                .move(new UserKey("ann"), Optional.empty(), "default-2", Optional.empty()));
        writes.put("user delete", where -> new Departures(where, audit).delete(new UserKey("ann")));
        return writes;
    }

    @Test
    void backendsAndGroupsOfAnotherSiteAreLeftToItsOwnNodes() {
        writes().forEach((name, write) -> assertThat(TestCluster.get(write.apply(cluster.inDataCentre("dc1"))))
                .as(name)
                .isInstanceOfSatisfying(Outcome.NotDone.class, refused -> assertThat(refused.obstacle())
                        .isInstanceOfSatisfying(Obstacle.Refused.class, obstacle -> assertThat(obstacle.message())
                                .contains("'porto'", "dc2", "dc1", "give the command to a node of that site"))));
        assertThat(done(cluster.backends.list(Optional.of("porto")))).hasSize(2);
        assertThat(cluster.user("ann")).isPresent();
    }

    @Test
    void throughTheSameDataCentreTheyAreWritten() {
        Map<String, Function<Cluster, CompletionStage<? extends Outcome<?>>>> writes = writes();
        writes.keySet().retainAll(List.of("backend add", "backend update", "group update", "user move"));

        assertThat(writes).hasSize(4);
        writes.forEach((name, write) -> assertThat(TestCluster.get(write.apply(cluster.inDataCentre("dc2"))))
                .as(name)
                .isInstanceOf(Outcome.Done.class));
    }

    @Test
    void whatIsWrittenInAllDataCentresAtOnceIsWrittenFromAnywhere() {
        Cluster elsewhere = cluster.inDataCentre("dc1");
        SiteChange standby =
                new SiteChange(Optional.empty(), Optional.of(SiteStatus.STANDBY), Optional.empty(), Optional.empty());

        assertThat(done(new SiteOperations(elsewhere, audit).update("porto", standby))
                        .site()
                        .status())
                .isEqualTo(SiteStatus.STANDBY);
    }

    @Test
    void everythingIsReadFromAnywhere() {
        Cluster elsewhere = cluster.inDataCentre("dc1");

        assertThat(done(new GroupOperations(elsewhere, audit).status("porto", "default-1"))
                        .backend())
                .isEqualTo("b1");
        assertThat(done(new BackendOperations(elsewhere, audit).status(B1))
                        .view()
                        .site())
                .isEqualTo(porto);
    }
}
