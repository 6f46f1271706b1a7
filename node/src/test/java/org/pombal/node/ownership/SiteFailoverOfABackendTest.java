package org.pombal.node.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.pombal.node.TestCluster.applied;
import static org.pombal.node.TestCluster.get;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.site.SiteId;
import org.pombal.model.sitefailover.FailoverSteps;
import org.pombal.model.sitefailover.SiteFailover;
import org.pombal.model.user.UserKey;
import org.pombal.node.TestCluster;
import org.pombal.node.ownership.Arrival.Outcome;
import org.pombal.node.ownership.Arrival.Way;
import org.pombal.node.session.ProcessId;
import org.pombal.node.topology.NothingKept;
import org.pombal.node.topology.Topology;
import org.pombal.node.topology.TopologySync;

/** What a failover of its site does to a backend. */
class SiteFailoverOfABackendTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final UserKey ANN = new UserKey("ann");

    private final TestCluster cluster = new TestCluster();
    private final Backend b1 = cluster.online("b1.test");
    private final Topology topology = new Topology("here");
    private final GroupId group = GroupId.numbered(cluster.here.id(), 1);
    private final SiteId there = SiteId.random();

    @TempDir
    private Path folder;

    private TestBackend backend;

    @BeforeEach
    void start() throws Exception {
        new TopologySync(cluster.geoDb, topology, new NothingKept(), cluster.clock).step();
        applied(cluster.geoDb.groups().createIfAbsent(UserGroup.placed(group, b1.id(), Optional.empty())));
        applied(cluster.geoDb.users().createIfAbsent(User.firstSeen(ANN, group)));
        backend = new TestBackend(cluster.geoDb, topology, b1, folder, TestBackend.nowhere(), (to, its, user) -> {});
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    private static Way session(int pid) {
        return new Way.Session(new ProcessId(pid, 1), Optional.empty());
    }

    private SiteFailover write(Optional<SiteFailover> next) {
        return applied(cluster.geoDb.siteFailovers().update(next.orElseThrow()));
    }

    private SiteFailover takenOver() {
        SiteFailover declared = write(FailoverSteps.declared(SiteFailover.never(cluster.here.id()), true, false, 10));
        return write(FailoverSteps.activated(declared, new TreeMap<>(Map.of(there, 100))));
    }

    private User row() {
        return get(cluster.geoDb.users().find(ANN, ReadLevel.SERIAL)).orElseThrow();
    }

    @Test
    void whenOthersTakeItsUsersDovecotEndsAndNobodyIsLetIn() {
        assertThat(backend.arrive("ann", session(1))).isInstanceOf(Outcome.Served.class);
        backend.guard.gone = false;

        takenOver();

        await().atMost(PATIENCE).until(() -> backend.guard.trustedUntil == 0);
        assertThat(backend.arrive("ann", session(2))).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void afterwardsUsersAreClaimedBeforeTheyAreServedAndWhoeverTakesThemTooLateFails() {
        assertThat(backend.arrive("ann", session(1))).isInstanceOf(Outcome.Served.class);
        User before = row();
        SiteFailover active = takenOver();
        await().atMost(PATIENCE).until(() -> backend.guard.trustedUntil == 0);

        write(FailoverSteps.recovering(active, 10));
        await().atMost(PATIENCE).until(() -> backend.arrive("ann", session(2)) instanceof Outcome.Served);

        assertThat(row().homeTerm()).isEqualTo(1);
        assertThat(get(cluster.geoDb.users().update(before.takenOver(GroupId.numbered(there, 1), 0))))
                .isInstanceOf(Cas.Lost.class);
    }

    @Test
    void aUserWhoWasTakenIsSentAfter() {
        assertThat(backend.arrive("ann", session(1))).isInstanceOf(Outcome.Served.class);
        SiteFailover active = takenOver();
        applied(cluster.geoDb.users().update(row().takenOver(GroupId.numbered(there, 1), 0)));
        await().atMost(PATIENCE).until(() -> backend.guard.trustedUntil == 0);

        write(FailoverSteps.recovering(active, 10));

        await().atMost(PATIENCE).until(() -> backend.arrive("ann", session(2)).equals(new Outcome.OtherSite(there)));
    }

    @Test
    void aDeclarationThatIsWithdrawnDisturbsNobody() {
        assertThat(backend.arrive("ann", session(1))).isInstanceOf(Outcome.Served.class);
        SiteFailover declared = write(FailoverSteps.declared(SiteFailover.never(cluster.here.id()), false, false, 10));
        assertThat(backend.arrive("ann", session(2))).isInstanceOf(Outcome.Served.class);

        write(FailoverSteps.withdrawn(declared));

        assertThat(backend.arrive("ann", session(3))).isInstanceOf(Outcome.Served.class);
        assertThat(row().homeTerm()).isZero();
    }
}
