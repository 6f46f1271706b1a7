package org.pombal.node.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pombal.node.TestCluster.applied;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pombal.geodb.Change;
import org.pombal.geodb.Changes;
import org.pombal.geodb.memory.Fault;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.site.Tag;
import org.pombal.model.user.UserKey;
import org.pombal.node.TestCluster;

class TopologySyncTest {

    private final TestCluster cluster = new TestCluster();
    private final Topology topology = new Topology("here");
    private final Kept kept = new Kept();

    @Test
    void theFirstStepReadsEverything() throws Exception {
        Backend b1 = cluster.online("b1.test");
        UserGroup group = applied(cluster.geoDb
                .groups()
                .createIfAbsent(UserGroup.placed(GroupId.numbered(cluster.here.id(), 1), b1.id(), Optional.empty())));

        sync().step();

        assertThat(topology.localSite().map(Site::id)).contains(cluster.here.id());
        assertThat(topology.backends()).containsExactly(b1);
        assertThat(topology.group(group.id())).isEqualTo(group);
        assertThat(kept.backends).containsExactly(b1);
        assertThat(kept.groups).containsExactly(group);
    }

    @Test
    void aStepWithoutNewsAsksOnceAndReadsNothingAgain() throws Exception {
        cluster.online("b1.test");
        TopologySync sync = sync();
        sync.step();
        // The overlap makes the next steps see the same entries again.
        sync.step();
        int before = cluster.requests.get();
        sync.step();

        assertThat(cluster.requests.get() - before).isEqualTo(1);
    }

    @Test
    void changesOfBackendsAndSitesAreSeenInTheNextStep() throws Exception {
        Backend b1 = cluster.online("b1.test");
        TopologySync sync = sync();
        sync.step();
        cluster.advance(Duration.ofMillis(500));

        Backend drained = applied(cluster.geoDb.backends().update(b1.withLoadFactor(LoadFactor.DRAIN)));
        Site standby = applied(
                cluster.geoDb.sites().update(topology.localSite().orElseThrow().withStatus(SiteStatus.STANDBY)));
        Backend b2 = cluster.online("b2.test");
        sync.step();

        assertThat(topology.backends()).containsExactlyInAnyOrder(drained, b2);
        assertThat(topology.localSite()).contains(standby);
    }

    @Test
    void aGroupThatIsRetiredIsForgotten() throws Exception {
        Backend b1 = cluster.online("b1.test");
        UserGroup group = applied(cluster.geoDb
                .groups()
                .createIfAbsent(UserGroup.placed(GroupId.numbered(cluster.here.id(), 1), b1.id(), Optional.empty())));
        TopologySync sync = sync();
        sync.step();
        applied(cluster.geoDb.groups().retire(group));
        cluster.advance(Duration.ofMillis(500));
        sync.step();

        assertThat(topology.group(group.id())).isNull();
    }

    @Test
    void aWholeReadThatIsAskedForForgetsUsersAndRetiredGroupsOnce() throws Exception {
        Backend b1 = cluster.online("b1.test");
        TopologySync sync = sync();
        sync.step();
        topology.learn(UserGroup.placed(GroupId.numbered(cluster.here.id(), 7), b1.id(), Optional.empty()));
        int before = kept.forgotAll;

        sync.wantWholeRead();
        sync.step();
        sync.step();

        assertThat(topology.groupCount()).isZero();
        assertThat(kept.forgotAll).isEqualTo(before + 1);
    }

    @Test
    void aUserWhoseRowChangedIsForgottenOnce() throws Exception {
        TopologySync sync = sync();
        sync.step();
        TestCluster.get(cluster.geoDb.changes().announce(new Change.UserChanged(new UserKey("alice"))));
        cluster.advance(Duration.ofMillis(500));
        sync.step();
        cluster.advance(Duration.ofMillis(500));
        sync.step();

        assertThat(kept.forgotten).containsExactly(new UserKey("alice"));
    }

    @Test
    void aRestartedNodeCatchesUpFromWhereItWas() throws Exception {
        kept.syncedUntil = cluster.now();
        cluster.advance(Duration.ofHours(1));
        TestCluster.get(cluster.geoDb.changes().announce(new Change.UserChanged(new UserKey("alice"))));
        cluster.advance(Duration.ofHours(1));

        sync().step();

        assertThat(kept.forgotten).containsExactly(new UserKey("alice"));
        assertThat(kept.forgotAll).isZero();
        assertThat(kept.syncedUntil).isEqualTo(cluster.now());
    }

    @Test
    void aNodeThatWasAwayLongerThanTheFeedGoesBackTrustsNothingItKept() throws Exception {
        kept.syncedUntil = cluster.now();
        cluster.advance(Changes.RETENTION);
        TopologySync sync = sync();
        sync.step();
        assertThat(kept.forgotAll).isEqualTo(1);

        cluster.advance(Duration.ofMillis(500));
        sync.step();
        assertThat(kept.forgotAll).isEqualTo(1);
    }

    @Test
    void howeverLongItWasAwayNothingIsForgottenBeforeGeoDbAnswers() throws Exception {
        kept.syncedUntil = cluster.now();
        cluster.advance(Changes.RETENTION.multipliedBy(10));
        cluster.fault = new Fault.Unavailable();
        TopologySync sync = sync();
        assertThatThrownBy(sync::step).isInstanceOf(GeoDbAwayException.class);
        assertThat(kept.forgotAll).isZero();

        cluster.fault = new Fault.None();
        sync.step();
        assertThat(kept.forgotAll).isEqualTo(1);
    }

    @Test
    void aWriterWhoseClockIsBehindIsHeard() throws Exception {
        TopologySync sync = sync();
        sync.step();
        cluster.advance(Duration.ofSeconds(8));
        sync.step();
        cluster.advance(Duration.ofSeconds(-7));
        TestCluster.get(cluster.geoDb.changes().announce(new Change.UserChanged(new UserKey("alice"))));
        cluster.advance(Duration.ofSeconds(7));
        sync.step();

        assertThat(kept.forgotten).containsExactly(new UserKey("alice"));
    }

    @Test
    void aClockThatIsSetBackMissesNothing() throws Exception {
        TopologySync sync = sync();
        sync.step();
        cluster.advance(Duration.ofMinutes(-30));
        TestCluster.get(cluster.geoDb.changes().announce(new Change.UserChanged(new UserKey("alice"))));
        sync.step();

        assertThat(kept.forgotten).containsExactly(new UserKey("alice"));
    }

    @Test
    void whileGeoDbIsAwayNothingIsLostAndLaterItGoesOn() throws Exception {
        Backend b1 = cluster.online("b1.test");
        TopologySync sync = sync();
        sync.step();
        applied(cluster.geoDb.backends().update(b1.withStatus(BackendStatus.OFFLINE)));
        cluster.fault = new Fault.Unavailable();
        cluster.advance(Duration.ofMillis(500));
        assertThatThrownBy(sync::step).isInstanceOf(GeoDbAwayException.class);
        assertThat(topology.backends()).extracting(Backend::status).containsExactly(BackendStatus.ONLINE);

        cluster.fault = new Fault.None();
        cluster.advance(Duration.ofHours(1));
        sync.step();
        assertThat(topology.backends()).extracting(Backend::status).containsExactly(BackendStatus.OFFLINE);
    }

    @Test
    void everythingIsReadWholeNowAndThenBecauseTheFeedIsAHint() throws Exception {
        TopologySync sync = sync();
        sync.step();
        int before = cluster.requests.get();
        cluster.advance(TopologySync.WHOLE_READ_INTERVAL.plusSeconds(1));
        sync.step();

        assertThat(cluster.requests.get() - before).isGreaterThan(3);
    }

    private TopologySync sync() {
        return new TopologySync(cluster.geoDb, topology, kept, cluster.clock);
    }

    private static final class Kept implements TopologySync.KeptKnowledge {

        private @Nullable Instant syncedUntil;
        private List<Backend> backends = List.of();
        private final List<UserGroup> groups = new ArrayList<>();
        private final List<UserKey> forgotten = new ArrayList<>();
        private int forgotAll;

        @Override
        public Optional<Instant> syncedUntil() {
            return Optional.ofNullable(syncedUntil);
        }

        @Override
        public void markSyncedUntil(Instant moment) {
            syncedUntil = moment;
        }

        @Override
        public void sites(List<Site> sites, List<Tag> tags) {}

        @Override
        public void backends(SiteId site, List<Backend> saved) {
            backends = saved;
        }

        @Override
        public void groups(List<UserGroup> saved) {
            groups.addAll(saved);
        }

        @Override
        public void forgetUser(UserKey user) {
            forgotten.add(user);
        }

        @Override
        public void forgetAllUsers() {
            forgotAll++;
        }
    }
}
