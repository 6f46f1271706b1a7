package org.pombal.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.operations.TestCluster.applied;
import static org.pombal.operations.TestCluster.done;
import static org.pombal.operations.TestCluster.get;
import static org.pombal.operations.TestCluster.obstacle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.share.UserShare;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.sitefailover.FailoverPhase;
import org.pombal.model.sitefailover.FailoverSteps;
import org.pombal.model.sitefailover.SiteFailover;
import org.pombal.model.user.UserKey;

class ForceMoveOperationsTest {

    private static final HostName B1 = new HostName("b1");
    private static final HostName B2 = new HostName("b2");
    private static final HostName B3 = new HostName("b3");

    private final TestCluster cluster = new TestCluster();
    private final ForceMoveOperations forced = new ForceMoveOperations(cluster.cluster, new Audit("test"));

    @BeforeEach
    void twoSites() {
        for (String name : List.of("lisbon", "porto", "faro")) {
            Site site = cluster.site(name);
            applied(cluster.geoDb
                    .sites()
                    .update(site.withLoadBalancer("lb-" + name).withGroupCount(10)));
        }
        cluster.online("lisbon", "b1");
        cluster.online("lisbon", "b2");
        cluster.online("lisbon", "b3");
        cluster.online("porto", "p1");
    }

    private static String refusal(CompletionStage<Outcome<ForcedMove>> operation) {
        return obstacle(operation).message();
    }

    @Test
    void aForcedMoveOfASiteIsStartedChangedShownAndStopped() {
        ForcedMove started = done(forced.startSite("lisbon", Optional.of("spring"), 10, List.of("porto", "faro")));

        assertThat(started)
                .isEqualTo(
                        new ForcedMove("lisbon", Optional.of(new UserShare("spring", 10)), List.of("faro", "porto")));
        assertThat(done(forced.updateSite("lisbon", 25)).share()).contains(new UserShare("spring", 25));
        assertThat(done(forced.ofSite("lisbon")).share()).contains(new UserShare("spring", 25));
        assertThat(done(forced.stopSite("lisbon"))).isEqualTo(new ForcedMove("lisbon", Optional.empty(), List.of()));
        assertThat(done(forced.ofSite("lisbon")).share()).isEmpty();
    }

    @Test
    void aForcedMoveOfABackendIsStartedChangedShownAndStopped() {
        ForcedMove started = done(forced.startBackend(B1, Optional.of("spring"), 10, List.of(B2, B3)));

        assertThat(started)
                .isEqualTo(new ForcedMove("b1", Optional.of(new UserShare("spring", 10)), List.of("b2", "b3")));
        assertThat(done(forced.updateBackend(B1, 25)).share()).contains(new UserShare("spring", 25));
        assertThat(done(forced.ofBackend(B1)).share()).contains(new UserShare("spring", 25));
        assertThat(done(forced.stopBackend(B1))).isEqualTo(new ForcedMove("b1", Optional.empty(), List.of()));
        assertThat(done(forced.ofBackend(B1)).share()).isEmpty();
    }

    @Test
    void withoutAnIdOneIsMadeUp() {
        String one = done(forced.startSite("lisbon", Optional.empty(), 10, List.of("porto")))
                .share()
                .orElseThrow()
                .id();
        done(forced.stopSite("lisbon"));
        String other = done(forced.startSite("lisbon", Optional.empty(), 10, List.of("porto")))
                .share()
                .orElseThrow()
                .id();

        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void anotherStatusEndsIt() {
        done(forced.startSite("lisbon", Optional.empty(), 10, List.of("porto")));
        done(forced.startBackend(B1, Optional.empty(), 10, List.of(B2)));

        done(cluster.backends.update(B1, Optional.empty(), Optional.of(new LoadFactor(50))));
        assertThat(done(forced.ofBackend(B1)).share()).isPresent();
        done(cluster.backends.update(B1, Optional.of(BackendStatus.STANDBY), Optional.empty()));
        assertThat(done(forced.ofBackend(B1)).share()).isEmpty();
        done(cluster.sites.update(
                "lisbon",
                new SiteChange(Optional.empty(), Optional.of(SiteStatus.STANDBY), Optional.empty(), Optional.empty())));
        assertThat(done(forced.ofSite("lisbon")).share()).isEmpty();
    }

    @Test
    void whatCannotBeIsRefusedWithTheReason() {
        cluster.site("alone");
        done(forced.startSite("faro", Optional.empty(), 10, List.of("porto")));
        done(forced.startBackend(B3, Optional.empty(), 10, List.of(B2)));

        assertThat(refusal(forced.startSite("lisbon", Optional.empty(), 10, List.of("lisbon"))))
                .contains("'lisbon'", "is the site itself");
        assertThat(refusal(forced.startSite("lisbon", Optional.empty(), 10, List.of("porto", "alone"))))
                .contains("'alone'", "has no load balancer");
        assertThat(refusal(forced.startSite("lisbon", Optional.empty(), 10, List.of("faro"))))
                .contains("'faro'", "has a forced move itself");
        assertThat(refusal(forced.startSite("faro", Optional.empty(), 10, List.of("porto"))))
                .contains("already", "10 %", "force-move update");
        assertThat(refusal(forced.startBackend(B1, Optional.empty(), 10, List.of(new HostName("p1")))))
                .contains("'p1'", "is of another site");
        assertThat(refusal(forced.startBackend(B1, Optional.empty(), 10, List.of(B3))))
                .contains("'b3'", "has a forced move itself");
        assertThat(refusal(forced.updateSite("lisbon", 10))).contains("'lisbon' has no forced move");
        assertThat(refusal(forced.stopBackend(B1))).contains("'b1' has no forced move");
        assertThat(obstacle(forced.stopSite("nowhere"))).isInstanceOf(Obstacle.NotFound.class);
    }

    @Test
    void aBackendThatIsNotOnlineNeedsNone() {
        done(cluster.backends.update(B1, Optional.of(BackendStatus.STANDBY), Optional.empty()));

        assertThat(refusal(forced.startBackend(B1, Optional.empty(), 10, List.of(B2))))
                .contains("is standby");
    }

    @Test
    void whoChangesARowAtTheSameTimeIsSaid() {
        cluster.raceAt("updating site", () -> {
            Site standing = get(cluster.other.sites().list()).stream()
                    .filter(site -> site.name().equals("lisbon"))
                    .findFirst()
                    .orElseThrow();
            applied(cluster.other.sites().update(standing.withStatus(SiteStatus.STANDBY)));
        });

        assertThat(obstacle(forced.startSite("lisbon", Optional.empty(), 10, List.of("porto"))))
                .isInstanceOf(Obstacle.Conflict.class);
        assertThat(done(forced.ofSite("lisbon")).share()).isEmpty();
    }

    @Test
    void aUserWhoHasLeftTheGroupOrIsAGuestIsNotSent() {
        Site lisbon = get(cluster.geoDb.sites().list()).stream()
                .filter(site -> site.name().equals("lisbon"))
                .findFirst()
                .orElseThrow();
        UserGroup from = cluster.group(
                lisbon, "default-1", get(cluster.geoDb.backends().find(B1)).orElseThrow());
        UserGroup to = cluster.group(
                lisbon, "default-2", get(cluster.geoDb.backends().find(B2)).orElseThrow());
        cluster.user("ann", from.id());
        cluster.user("bob", to.id());
        User cat = cluster.user("cat", GroupId.numbered(SiteId.random(), 1));
        applied(cluster.geoDb.users().update(cat.takenOver(from.id(), 0)));

        assertThat(done(cluster.departures.sendFrom(from.id(), new UserKey("ann"), to.id()))
                        .finished())
                .isTrue();
        assertThat(cluster.user("ann").orElseThrow().home()).isEqualTo(to.id());
        assertThat(obstacle(cluster.departures.sendFrom(from.id(), new UserKey("bob"), to.id())))
                .isInstanceOf(Obstacle.Refused.class);
        assertThat(obstacle(cluster.departures.sendFrom(from.id(), new UserKey("cat"), to.id()))
                        .message())
                .contains("another site");
        assertThat(cluster.user("cat").orElseThrow().origin()).isPresent();
    }

    @Test
    void whoIsSentToTheSiteOfTheFailoverGroupKeepsNone() {
        List<Site> sites = get(cluster.geoDb.sites().list());
        SiteId lisbon = id(sites, "lisbon");
        UserGroup from = cluster.group(
                sites.stream()
                        .filter(site -> site.id().equals(lisbon))
                        .findFirst()
                        .orElseThrow(),
                "default-1",
                get(cluster.geoDb.backends().find(B1)).orElseThrow());
        User ann = cluster.user("ann", from.id());
        User bob = cluster.user("bob", from.id());
        Optional<GroupId> porto = Optional.of(GroupId.numbered(id(sites, "porto"), 1));
        applied(cluster.geoDb.users().update(ann.movedTo(from.id(), porto)));
        applied(cluster.geoDb.users().update(bob.movedTo(from.id(), porto)));

        done(cluster.departures.sendFrom(from.id(), ann.key(), GroupId.numbered(id(sites, "porto"), 2)));
        done(cluster.departures.sendFrom(from.id(), bob.key(), GroupId.numbered(id(sites, "faro"), 2)));

        assertThat(cluster.user("ann").orElseThrow().failover()).isEmpty();
        assertThat(cluster.user("bob").orElseThrow().failover()).isEqualTo(porto);
    }

    private static SiteId id(List<Site> sites, String name) {
        return sites.stream()
                .filter(site -> site.name().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void aShareOfTheUsersOfALostSiteComesHomeAndThenAll() {
        SiteFailoverOperations failovers = new SiteFailoverOperations(cluster.cluster, new Audit("test"));
        assertThat(obstacle(failovers.recover("porto", Optional.empty(), 10)).message())
                .contains("'porto'", "no users to come home");
        SiteFailover declared = done(failovers.start("porto", 5)).row();
        SiteId lisbon = get(cluster.geoDb.sites().list()).stream()
                .filter(site -> site.name().equals("lisbon"))
                .findFirst()
                .orElseThrow()
                .id();
        applied(cluster.geoDb
                .siteFailovers()
                .update(FailoverSteps.activated(declared, new TreeMap<>(Map.of(lisbon, 100)))
                        .orElseThrow()));

        SiteFailover some =
                done(failovers.recover("porto", Optional.of("spring"), 10)).row();
        assertThat(some.phase()).isEqualTo(FailoverPhase.RECOVERING);
        assertThat(some.returning()).contains(new UserShare("spring", 10));
        assertThat(done(failovers.recover("porto", Optional.empty(), 30)).row().returning())
                .contains(new UserShare("spring", 30));
        done(failovers.stop("porto", OptionalInt.empty()));
        assertThat(get(cluster.geoDb.siteFailovers().find(some.site(), ReadLevel.SERIAL))
                        .returning())
                .isEmpty();
    }
}
