package org.pombal.operations;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pombal.geodb.AutomationNotes.Note;
import org.pombal.geodb.Cas;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.memory.Fault;
import org.pombal.geodb.memory.InMemoryCluster;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.TakeoverPolicy;
import org.pombal.model.mitigation.Breakage;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.operations.GroupHolds.Hold;

class GroupHoldsTest {

    private static final SiteId SITE = new SiteId(new UUID(1, 1));
    private static final GroupId FIRST = GroupId.numbered(SITE, 1);
    private static final GroupId ODD = new GroupId(SITE, "held odd/name");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Instant now = NOON;
    private final GeoDb geoDb = new InMemoryCluster(
                    new Random(3),
                    this::tick,
                    request -> new Fault.None(),
                    (after, task) -> CompletableFuture.delayedExecutor(after.toMillis(), TimeUnit.MILLISECONDS)
                            .execute(task))
            .open("test", Duration.ZERO);
    private final GroupHolds holds = new GroupHolds(geoDb.automationNotes());

    /** What is written later has a later time. */
    private Instant tick() {
        now = now.plusMillis(1);
        return now;
    }

    private static <T> T get(CompletionStage<T> asked) {
        return asked.toCompletableFuture().join();
    }

    @Test
    void whoBrokeIsReadAsItWasWrittenAndForgotten() {
        Breakage one = new Breakage(new BackendId(new UUID(2, 1)), NOON, Set.of(FIRST, ODD));
        Breakage again = new Breakage(one.backend(), NOON.plusMillis(1), Set.of());
        get(holds.broke(SITE, one));
        get(holds.broke(SITE, again));

        assertThat(get(holds.breakages(SITE))).containsExactlyInAnyOrder(one, again);
        get(holds.forget(SITE, one));
        assertThat(get(holds.breakages(SITE))).containsExactly(again);
        assertThat(get(holds.all(SITE))).isEmpty();
    }

    @Test
    void aHoldIsReadAsItWasWrittenReleasedAndForgotten() {
        Hold hold = new Hold(ODD, NOON.minusSeconds(9), false, "three broke");
        get(holds.write(hold));
        assertThat(get(holds.all(SITE))).containsExactly(hold);

        assertThat(get(holds.release(FIRST, NOON, "ann"))).isFalse();
        assertThat(get(holds.release(ODD, NOON, "ann"))).isTrue();
        assertThat(get(holds.release(ODD, NOON.plusSeconds(9), "bob"))).isFalse();

        assertThat(get(holds.all(SITE))).containsExactly(new Hold(ODD, NOON, true, "ann"));
        get(holds.forget(ODD));
        assertThat(get(holds.all(SITE))).isEmpty();
    }

    @Test
    void whoMovesAGroupEndsItsHoldAndNoOther() {
        Cluster cluster = new Cluster(geoDb, "lisbon", host -> completedFuture(true), this::tick, TakeoverPolicy.LEASE);
        applied(geoDb.sites().create(Site.added(SITE, "lisbon")));
        Backend from = online("b1");
        Backend to = online("b2");
        applied(geoDb.groups().createIfAbsent(UserGroup.placed(FIRST, from.id(), Optional.empty())));
        get(holds.write(new Hold(FIRST, NOON, false, "three broke")));
        get(holds.write(new Hold(ODD, NOON, false, "three broke")));

        assertThat(get(new GroupOperations(cluster, new Audit("ann")).move("lisbon", "default-1", to.host(), false)))
                .isInstanceOf(Outcome.Done.class);

        assertThat(get(holds.all(SITE))).hasSize(2).anySatisfy(hold -> {
            assertThat(hold.group()).isEqualTo(FIRST);
            assertThat(hold.isReleased()).isTrue();
            assertThat(hold.why()).isEqualTo("ann");
            assertThat(hold.at()).isAfter(NOON);
        });
        assertThat(get(holds.all(SITE))).contains(new Hold(ODD, NOON, false, "three broke"));
    }

    private Backend online(String host) {
        Backend added = applied(geoDb.backends().create(Backend.added(BackendId.random(), SITE, new HostName(host))));
        return applied(geoDb.backends().update(added.withStatus(BackendStatus.ONLINE)));
    }

    private static <T> T applied(CompletionStage<Cas<T>> asked) {
        return ((Cas.Applied<T>) get(asked)).row();
    }

    @Test
    void notesThatNobodyCanReadArePassedOver() {
        get(geoDb.automationNotes().write(SITE, "broken-backend/not-an-id/7", new Note("default-1", NOON)));
        get(geoDb.automationNotes().write(SITE, "held-group/", new Note("held", NOON)));

        assertThat(get(holds.breakages(SITE))).isEmpty();
        assertThat(get(holds.all(SITE))).isEmpty();
    }
}
