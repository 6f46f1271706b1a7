package org.pombal.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.operations.TestCluster.done;
import static org.pombal.operations.TestCluster.get;
import static org.pombal.operations.TestCluster.obstacle;
import static org.pombal.operations.TestCluster.warnings;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseState;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.user.UserKey;

class SiteOperationsTest {

    private final TestCluster cluster = new TestCluster();

    private static SiteChange change(
            Optional<String> name, Optional<SiteStatus> status, Optional<String> tag, Optional<String> loadBalancer) {
        return new SiteChange(name, status, tag, loadBalancer);
    }

    @Test
    void aSiteIsAddedWithItsTagAndLoadBalancerAndShownSo() {
        done(cluster.tags.create("gold", Optional.empty()));

        SiteView added =
                done(cluster.sites.add("lisbon", Optional.empty(), Optional.of("gold"), Optional.of("lb.example.org")));

        assertThat(added.tagName()).contains("gold");
        assertThat(done(cluster.sites.list())).containsExactly(added);
        assertThat(added.site().status()).isEqualTo(SiteStatus.ONLINE);
        assertThat(added.site().loadBalancer()).contains("lb.example.org");
    }

    @Test
    void aSiteIsNotAddedTwiceNorWithATagThatIsNotThere() {
        Site site = cluster.site("lisbon");

        assertThat(obstacle(cluster.sites.add("lisbon", Optional.empty(), Optional.empty(), Optional.empty())))
                .isInstanceOf(Obstacle.Refused.class)
                .extracting(Obstacle::message)
                .asString()
                .contains(site.id().toString());
        assertThat(obstacle(cluster.sites.add("porto", Optional.empty(), Optional.of("gold"), Optional.empty())))
                .isInstanceOf(Obstacle.NotFound.class);
        assertThat(done(cluster.sites.list())).hasSize(1);
    }

    @Test
    void anUpdateChangesWhatIsGivenAndLeavesTheRest() {
        cluster.site("lisbon");
        done(cluster.tags.create("gold", Optional.empty()));

        SiteView changed = done(cluster.sites.update(
                "lisbon",
                change(
                        Optional.of("lisboa"),
                        Optional.of(SiteStatus.STANDBY),
                        Optional.of("gold"),
                        Optional.of("lb"))));
        assertThat(changed.site().name()).isEqualTo("lisboa");
        assertThat(changed.tagName()).contains("gold");

        SiteView less = done(cluster.sites.update(
                "lisboa", change(Optional.empty(), Optional.empty(), Optional.of(""), Optional.of(""))));
        assertThat(less.tagName()).isEmpty();
        assertThat(less.site().loadBalancer()).isEmpty();
        assertThat(less.site().status()).isEqualTo(SiteStatus.STANDBY);
    }

    @Test
    void ofTwoOperatorsTheSecondIsToldAndNothingOfHisIsWritten() {
        Site site = cluster.site("lisbon");
        cluster.raceAt("updating site", () -> get(cluster.other.sites().update(site.withLoadBalancer("theirs"))));

        Obstacle obstacle = obstacle(cluster.sites.update(
                "lisbon",
                change(Optional.empty(), Optional.of(SiteStatus.OFFLINE), Optional.empty(), Optional.empty())));

        assertThat(obstacle).isInstanceOf(Obstacle.Conflict.class);
        assertThat(obstacle.message()).contains("somebody else changed site 'lisbon'", "nothing was changed");
        assertThat(get(cluster.other.sites().find(site.id())).orElseThrow().status())
                .isEqualTo(SiteStatus.ONLINE);
    }

    @Test
    void whenGeoDbIsAwayBetweenTwoStepsItIsSaidWhatWasDone() {
        cluster.site("lisbon");
        cluster.refuse(request -> request.what().startsWith("updating site"));

        Obstacle obstacle = obstacle(cluster.sites.update(
                "lisbon",
                change(Optional.of("lisboa"), Optional.of(SiteStatus.OFFLINE), Optional.empty(), Optional.empty())));

        assertThat(obstacle).isInstanceOf(Obstacle.Away.class);
        assertThat(obstacle.message()).contains("done before: site lisbon is renamed to lisboa");
        cluster.refuseEverything();
        assertThat(obstacle(cluster.sites.list()).message()).contains("GeoDB does not answer", "nothing was changed");
    }

    @Test
    void aSiteIsRemovedOnlyWhenNothingDependsOnIt() {
        Site site = cluster.site("lisbon");
        IntStream.rangeClosed(1, 12).forEach(i -> cluster.online("lisbon", "b" + (10 + i)));
        cluster.user("alice", GroupId.numbered(site.id(), 1));

        Obstacle obstacle = obstacle(cluster.sites.remove("lisbon", false, Progress.NONE));

        assertThat(obstacle).isInstanceOf(Obstacle.Refused.class);
        assertThat(obstacle.message())
                .contains("12 backends (b11, b12", "b20, ...)", "1 user at home in it (alice)", "--force");
        assertThat(warnings(cluster.sites.remove("lisbon", true, Progress.NONE)))
                .hasSize(1);
        assertThat(done(cluster.sites.list())).isEmpty();
    }

    @Test
    void aFailoverInTheSiteIsADependentToo() {
        Site lisbon = cluster.site("lisbon");
        Site porto = cluster.site("porto");
        get(cluster.geoDb
                .users()
                .createIfAbsent(new User(
                        new UserKey("bob"),
                        GroupId.numbered(lisbon.id(), 1),
                        Optional.of(GroupId.numbered(porto.id(), 1)),
                        1)));

        assertThat(obstacle(cluster.sites.remove("porto", false, Progress.NONE)).message())
                .contains("1 user with their failover in it (bob)");
    }

    @Test
    void aLoadBalancerIsNeitherAnotherSitesNorABackend() {
        cluster.site("lisbon");
        cluster.online("lisbon", "b1");
        done(cluster.sites.add("porto", Optional.empty(), Optional.empty(), Optional.of("lb.porto")));

        assertThat(obstacle(cluster.sites.add("faro", Optional.empty(), Optional.empty(), Optional.of("LB.porto")))
                        .message())
                .contains("load balancer of site 'porto'", "in circles");
        assertThat(obstacle(cluster.sites.update(
                                "porto",
                                change(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("b1"))))
                        .message())
                .contains("'b1' is a backend");
        assertThat(done(cluster.sites.update(
                                "porto",
                                change(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("lb.porto"))))
                        .site()
                        .loadBalancer())
                .contains("lb.porto");
    }

    @Test
    void aSiteWhoseUsersNobodyTakesIsNotEvacuated() {
        SiteChange evacuate =
                change(Optional.empty(), Optional.of(SiteStatus.EVACUATE), Optional.empty(), Optional.empty());
        cluster.site("lisbon");
        done(cluster.tags.create("gold", Optional.empty()));
        done(cluster.sites.add("porto", Optional.empty(), Optional.of("gold"), Optional.empty()));

        assertThat(obstacle(cluster.sites.update("lisbon", evacuate)).message())
                .contains("no other site that is online takes users without a tag");
        cluster.site("faro");
        assertThat(done(cluster.sites.update("lisbon", evacuate)).site().status())
                .isEqualTo(SiteStatus.EVACUATE);
    }

    @Test
    void aRemovedSiteComesBackUnderItsOldId() {
        Site site = cluster.site("lisbon");
        done(cluster.sites.remove("lisbon", false, Progress.NONE));
        assertThat(obstacle(cluster.sites.status("lisbon"))).isInstanceOf(Obstacle.NotFound.class);

        SiteView again = done(cluster.sites.add("porto", Optional.of(site.id()), Optional.empty(), Optional.empty()));

        assertThat(again.site().id()).isEqualTo(site.id());
        assertThat(again.site().version()).isGreaterThan(site.version());
        assertThat(obstacle(cluster.sites.add(
                        "faro", Optional.of(new SiteId(site.id().value())), Optional.empty(), Optional.empty())))
                .isInstanceOf(Obstacle.Refused.class);
    }

    @Test
    void groupsNeedABackendThatTakesThem() {
        cluster.site("lisbon");
        done(cluster.backends.add("lisbon", new HostName("b1"), Optional.empty()));

        assertThat(obstacle(cluster.siteGroups.create(
                                "lisbon", 10, new SiteGroups.Mode(false, false, false), Progress.NONE))
                        .message())
                .contains("no backend that is online");
    }

    @Test
    void missingGroupsAreCreatedAndSpreadOverOnlineBackends() {
        Site site = cluster.site("lisbon");
        Backend b1 = cluster.online("lisbon", "b1");
        cluster.online("lisbon", "b2");
        cluster.group(site, "default-3", b1);
        SiteGroups.Mode mode = new SiteGroups.Mode(false, false, false);

        assertThat(done(cluster.siteGroups.create(
                        "lisbon", 200, new SiteGroups.Mode(false, false, true), Progress.NONE)))
                .isEqualTo(new GroupCounts("lisbon", 200, 199, 0, 0));
        assertThat(done(cluster.siteGroups.create("lisbon", 200, mode, Progress.NONE)))
                .isEqualTo(new GroupCounts("lisbon", 200, 199, 0, 0));
        assertThat(done(cluster.sites.status("lisbon")).site().groupCount()).hasValue(200);
        assertThat(done(cluster.backends.status(new HostName("b1"))).groups()).isBetween(70, 130);
        assertThat(done(cluster.siteGroups.create("lisbon", 300, mode, Progress.NONE)))
                .isEqualTo(new GroupCounts("lisbon", 200, 0, 0, 0));
        assertThat(warnings(cluster.siteGroups.create("lisbon", 300, mode, Progress.NONE)))
                .singleElement()
                .asString()
                .contains("cluster_default_group_count says 300");
    }

    @Test
    void groupsCreatedAnewHaveLostTheirUsersAndGoOnWithTheirEpochs() {
        Site site = cluster.site("lisbon");
        cluster.online("lisbon", "b1");
        done(cluster.siteGroups.create("lisbon", 5, new SiteGroups.Mode(false, false, false), Progress.NONE));
        cluster.user("alice", GroupId.numbered(site.id(), 5));

        GroupCounts counts =
                done(cluster.siteGroups.create("lisbon", 3, new SiteGroups.Mode(true, false, false), Progress.NONE));

        assertThat(counts).isEqualTo(new GroupCounts("lisbon", 3, 3, 5, 1));
        assertThat(cluster.user("alice")).isEmpty();
        assertThat(cluster.group(GroupId.numbered(site.id(), 1)).epoch()).isEqualTo(3);
        assertThat(obstacle(cluster.groups.status("lisbon", "default-5"))).isInstanceOf(Obstacle.NotFound.class);
    }

    @Test
    void groupsThatABackendServesAreCreatedAnewOnlyByForce() {
        Site site = cluster.site("lisbon");
        Backend b1 = cluster.online("lisbon", "b1");
        cluster.claimed(cluster.group(site, "default-1", b1), 4);
        cluster.lease(b1, 4, LeaseState.HELD);

        assertThat(obstacle(cluster.siteGroups.create(
                                "lisbon", 3, new SiteGroups.Mode(true, false, false), Progress.NONE))
                        .message())
                .contains("serve 1 group (default-1)");
        List<String> audit = AuditLog.of(() -> assertThat(warnings(
                        cluster.siteGroups.create("lisbon", 3, new SiteGroups.Mode(true, true, false), Progress.NONE)))
                .singleElement()
                .asString()
                .contains("suspended", "1 group (default-1)"));
        assertThat(audit)
                .hasSize(2)
                .allMatch(line -> line.contains("two backends may serve a user"))
                .first()
                .asString()
                .contains("about to be created anew");
    }

    @Test
    void groupsOfBackendsThatHaveGivenTheirLeasesBackAreCreatedAnewWithoutAWarning() {
        Site site = cluster.site("lisbon");
        Backend b1 = cluster.online("lisbon", "b1");
        cluster.claimed(cluster.group(site, "default-1", b1), 4);
        cluster.lease(b1, 4, LeaseState.RELEASED);

        assertThat(warnings(
                        cluster.siteGroups.create("lisbon", 3, new SiteGroups.Mode(true, false, false), Progress.NONE)))
                .isEmpty();
        assertThat(cluster.group(GroupId.numbered(site.id(), 1)).owner().isClaimed())
                .isFalse();
    }

    @Test
    void aSiteWithABackendThatMayServeIsNotRemovedByForceEither() {
        cluster.site("lisbon");
        Backend b1 = cluster.online("lisbon", "b1");
        Backend b2 = cluster.online("lisbon", "b2");
        Lease held = cluster.lease(b1, 4, LeaseState.HELD);
        cluster.lease(b2, 1, LeaseState.BROKEN);

        assertThat(obstacle(cluster.sites.remove("lisbon", true, Progress.NONE)).message())
                .contains("1 backend (b1) with a lease", "stop Dovecot");
        TestCluster.applied(cluster.other.leases().replace(Optional.of(held), held.released()));
        assertThat(warnings(cluster.sites.remove("lisbon", true, Progress.NONE)))
                .singleElement()
                .asString()
                .contains("without a site now");
    }

    @Test
    void aTagThatIsRenamedStaysTheSameForItsSites() {
        done(cluster.tags.create("gold", Optional.empty()));
        Site site = done(cluster.sites.add("lisbon", Optional.empty(), Optional.of("gold"), Optional.empty()))
                .site();

        done(cluster.tags.rename("gold", "silver"));

        SiteView after = done(cluster.sites.status("lisbon"));
        assertThat(after.site()).isEqualTo(site);
        assertThat(after.tagName()).contains("silver");
    }

    @Test
    void aGroupThatIsClaimedWhileItIsTakenOutStopsTheWork() {
        Site site = cluster.site("lisbon");
        Backend b1 = cluster.online("lisbon", "b1");
        UserGroup group = cluster.group(site, "default-1", b1);
        cluster.user("alice", group.id());
        cluster.raceAt("retiring user group", () -> get(cluster.other.groups().update(GroupSteps.claimed(group, 1))));

        assertThat(obstacle(
                        cluster.siteGroups.create("lisbon", 3, new SiteGroups.Mode(true, false, false), Progress.NONE)))
                .isInstanceOf(Obstacle.Conflict.class);
        assertThat(cluster.user("alice")).isPresent();
    }

    @Test
    void aTagIsDeletedOnlyWhenNoSiteHasIt() {
        done(cluster.tags.create("gold", Optional.empty()));
        done(cluster.sites.add("lisbon", Optional.empty(), Optional.of("gold"), Optional.empty()));

        assertThat(obstacle(cluster.tags.delete("gold", false)).message()).contains("1 site (lisbon)");
        assertThat(done(cluster.tags.rename("gold", "silver")).name()).isEqualTo("silver");
        assertThat(obstacle(cluster.tags.rename("gold", "x"))).isInstanceOf(Obstacle.NotFound.class);
        assertThat(warnings(cluster.tags.delete("silver", true))).hasSize(1);
        assertThat(done(cluster.tags.list())).isEmpty();
    }

    @Test
    void aTagIsFoundByItsIdAndItsNameIsUnique() {
        var gold = done(cluster.tags.create("gold", Optional.empty()));
        done(cluster.tags.create("silver", Optional.empty()));

        assertThat(obstacle(cluster.tags.create("gold", Optional.empty()))).isInstanceOf(Obstacle.Refused.class);
        assertThat(obstacle(cluster.tags.rename("gold", "silver"))).isInstanceOf(Obstacle.Refused.class);
        assertThat(done(cluster.tags.delete(gold.id().toString(), false))).isEqualTo(gold);
        assertThat(done(cluster.tags.create("gold again", Optional.of(gold.id())))
                        .id())
                .isEqualTo(gold.id());
    }
}
