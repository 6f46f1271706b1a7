package org.pombal.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.operations.TestCluster.done;
import static org.pombal.operations.TestCluster.obstacle;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteStatus;

class PreconditionTest {

    private final TestCluster cluster = new TestCluster();
    private final Site lisbon = cluster.site("lisbon");
    private final Backend one = cluster.online("lisbon", "b1");
    private final Backend two = cluster.online("lisbon", "b2");
    private final UserGroup group = cluster.group(lisbon, "default-1", one);

    private static final SiteChange STANDBY =
            new SiteChange(Optional.empty(), Optional.of(SiteStatus.STANDBY), Optional.empty(), Optional.empty());

    @Test
    void whatIsNotAsExpectedIsNotChanged() {
        done(cluster.tags.create("gold", Optional.empty()));
        List<CompletionStage<? extends Outcome<?>>> refused = List.of(
                cluster.sites.update("lisbon", STANDBY, row -> false),
                cluster.sites.remove("lisbon", true, Progress.NONE, row -> false),
                cluster.tags.rename("gold", "silver", row -> false),
                cluster.tags.delete("gold", true, row -> false),
                cluster.backends.update(one.host(), Optional.empty(), Optional.of(LoadFactor.DRAIN), row -> false),
                cluster.backends.remove(one.host(), true, row -> false),
                cluster.groups.setSticky("lisbon", "default-1", Optional.of(true), Optional.empty(), row -> false),
                cluster.groups.move("lisbon", "default-1", two.host(), false, row -> false),
                cluster.groups.withdraw("lisbon", "default-1", row -> false));
        for (CompletionStage<? extends Outcome<?>> each : refused) {
            Outcome<?> outcome = TestCluster.get(each);
            assertThat(outcome).isInstanceOf(Outcome.NotDone.class);
            assertThat(((Outcome.NotDone<?>) outcome).obstacle()).isInstanceOf(Obstacle.Stale.class);
        }
        assertThat(done(cluster.sites.status("lisbon")).site()).isEqualTo(lisbon);
        assertThat(done(cluster.tags.list())).hasSize(1).first().matches(tag -> tag.name()
                .equals("gold"));
        assertThat(done(cluster.backends.status(new HostName("b1"))).view().backend())
                .isEqualTo(one);
        assertThat(cluster.group(group.id())).isEqualTo(group);
    }

    @Test
    void whatIsAsExpectedIsChanged() {
        done(cluster.sites.update("lisbon", STANDBY, row -> row.version() == lisbon.version()));
        done(cluster.backends.remove(two.host(), false, row -> row.version() == two.version()));
        done(cluster.groups.setSticky(
                "lisbon", "default-1", Optional.of(true), Optional.empty(), row -> row.epoch() == group.epoch()));
        assertThat(cluster.group(group.id()).stickyBackend()).isTrue();
    }

    @Test
    void onlyAMoveThatItsBackendHasNotBegunWithIsWithdrawn() {
        assertThat(obstacle(cluster.groups.withdraw("lisbon", "default-1", Precondition.none()))
                        .message())
                .contains("does not move");
        done(cluster.groups.move("lisbon", "default-1", two.host(), false));
        assertThat(done(cluster.groups.withdraw("lisbon", "default-1", Precondition.none()))
                        .group()
                        .isMoving())
                .isFalse();
        assertThat(cluster.group(group.id()).backend()).isEqualTo(one.id());
    }
}
