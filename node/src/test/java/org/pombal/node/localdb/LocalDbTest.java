package org.pombal.node.localdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pombal.node.localdb.Fixture.ANNA;
import static org.pombal.node.localdb.Fixture.BACKEND;
import static org.pombal.node.localdb.Fixture.BERTA;
import static org.pombal.node.localdb.Fixture.GROUP_ROW;
import static org.pombal.node.localdb.Fixture.ONE;
import static org.pombal.node.localdb.Fixture.OTHER_SITE;
import static org.pombal.node.localdb.Fixture.OTHER_SITE_ROW;
import static org.pombal.node.localdb.Fixture.SITE;
import static org.pombal.node.localdb.Fixture.SITE_ROW;
import static org.pombal.node.localdb.Fixture.TAG;
import static org.pombal.node.localdb.Fixture.TWO;
import static org.pombal.node.localdb.Fixture.backends;
import static org.pombal.node.localdb.Fixture.eventually;
import static org.pombal.node.localdb.Fixture.homeOf;
import static org.pombal.node.localdb.Fixture.user;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupOwner;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.user.UserKey;
import org.pombal.node.localdb.LocalDbHealth.State;

class LocalDbTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456789Z");

    private final Path temporary;
    private final Fixture fixture;

    LocalDbTest(@TempDir Path temporary) {
        this.temporary = temporary;
        fixture = new Fixture(temporary.resolve("deep/localdb"));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aNewOneKnowsNothing() {
        assertThat(fixture.db().homeOf(ANNA)).isEmpty();
        assertThat(fixture.db().loadTopology()).isEqualTo(KeptTopology.EMPTY);
        assertThat(fixture.db().syncedUntil()).isEmpty();
        assertThat(fixture.db().health()).isEqualTo(new LocalDbHealth(State.OK, "", 0, 0, 0, 0, 0));
    }

    @Test
    void usersAreKnownAfterARestart() {
        fixture.db().remember(ANNA, ONE);
        fixture.db().remember(BERTA, ONE);
        fixture.db().remember(BERTA, TWO);
        LocalDb restarted = fixture.reopen();
        assertThat(restarted.homeOf(ANNA)).contains(ONE);
        assertThat(restarted.homeOf(BERTA)).contains(TWO);
        assertThat(restarted.health().users()).isEqualTo(2);
    }

    @Test
    void aForgottenUserStaysForgotten() {
        fixture.db().remember(ANNA, ONE);
        fixture.awaitWritten();
        fixture.db().forget(ANNA);
        fixture.db().forget(BERTA);
        LocalDb restarted = fixture.reopen();
        assertThat(restarted.homeOf(ANNA)).isEmpty();
        assertThat(restarted.health().users()).isZero();
    }

    @Test
    void whatWasAcceptedIsAnsweredBeforeItIsWritten() {
        for (int i = 0; i < 5_000; i++) {
            fixture.db().remember(user(i), ONE);
            assertThat(fixture.db().homeOf(user(i))).contains(ONE);
            fixture.db().forget(user(i));
            assertThat(fixture.db().homeOf(user(i))).isEmpty();
            if (i % 1_000 == 0) {
                fixture.awaitWritten();
            }
        }
        assertThat(fixture.db().health().droppedWrites()).isZero();
    }

    @Test
    void theTopologyIsKnownAfterARestart() {
        Site evacuated = OTHER_SITE_ROW.withStatus(SiteStatus.EVACUATE);
        var loaded = BACKEND.withStatus(BackendStatus.OFFLINE).withLoadFactor(new LoadFactor(30));
        fixture.db().saveSites(List.of(SITE_ROW, evacuated), List.of(TAG));
        fixture.db().saveBackends(SITE, List.of(loaded));
        fixture.db().saveBackends(OTHER_SITE, backends(OTHER_SITE, 3));
        fixture.db().saveGroups(List.of(GROUP_ROW));
        KeptTopology topology = fixture.reopen().loadTopology();
        assertThat(topology.sites()).containsExactly(SITE_ROW, evacuated);
        assertThat(topology.tags()).containsExactly(TAG);
        assertThat(topology.backends())
                .contains(loaded)
                .containsAll(backends(OTHER_SITE, 3))
                .hasSize(4);
        assertThat(topology.groups()).containsExactly(GROUP_ROW);
    }

    @Test
    void whatIsSavedReplacesWhatWasSaved() {
        UserGroup moved = UserGroup.atRest(ONE, GroupOwner.unclaimed(BACKEND.id()), Optional.empty(), 8, false, true);
        fixture.db().saveSites(List.of(SITE_ROW, OTHER_SITE_ROW), List.of(TAG));
        fixture.db().saveBackends(SITE, backends(SITE, 3));
        fixture.db().saveGroups(List.of(GROUP_ROW));
        fixture.db().saveSites(List.of(OTHER_SITE_ROW), List.of());
        fixture.db().saveBackends(SITE, List.of(BACKEND));
        fixture.db().saveGroups(List.of(moved));
        assertThat(fixture.reopen().loadTopology())
                .isEqualTo(new KeptTopology(List.of(OTHER_SITE_ROW), List.of(), List.of(BACKEND), List.of(moved)));
    }

    @Test
    void moreGroupsThanCanWaitAreSavedAllTheSame() {
        fixture.reopen(LocalDbSettings.in(fixture.folder).withMaxPendingWrites(100));
        for (int i = 1; i <= 2_000; i++) {
            fixture.db()
                    .saveGroups(List.of(UserGroup.placed(GroupId.numbered(SITE, i), BACKEND.id(), Optional.empty())));
        }
        assertThat(fixture.reopen().loadTopology().groups()).hasSize(2_000);
        assertThat(fixture.db().health().rebuilds()).isZero();
    }

    @Test
    void backendsOfAnotherSiteAreRefused() {
        assertThatThrownBy(() -> fixture.db().saveBackends(OTHER_SITE, List.of(BACKEND)))
                .hasMessageContaining("is not of site " + OTHER_SITE);
    }

    @Test
    void aGroupKnownOnlyByItsUsersIsNotPartOfTheTopology() {
        fixture.db().remember(ANNA, ONE);
        assertThat(fixture.reopen().loadTopology().groups()).isEmpty();
        fixture.db().saveGroups(List.of(GROUP_ROW));
        fixture.reopen();
        assertThat(fixture.db().loadTopology().groups()).containsExactly(GROUP_ROW);
        assertThat(fixture.db().homeOf(ANNA)).contains(ONE);
    }

    @Test
    void theMarkOfTheFeedIsKept() {
        fixture.db().markSyncedUntil(NOON);
        fixture.db().markSyncedUntil(NOON.plusSeconds(1));
        assertThat(fixture.reopen().syncedUntil()).contains(NOON.plusSeconds(1));
    }

    @Test
    void theLeastRecentlyWrittenUsersGoWhenThereAreTooMany() {
        fixture.reopen(LocalDbSettings.in(fixture.folder).withMaxUsers(1_000));
        fixture.rememberUsers(1_000);
        fixture.db().remember(user(0), TWO);
        for (int i = 1_000; i < 1_500; i++) {
            fixture.db().remember(user(i), ONE);
        }
        fixture.awaitWritten();
        assertThat(fixture.db().health().users()).isEqualTo(1_000);
        assertThat(fixture.db().homeOf(user(0))).contains(TWO);
        assertThat(fixture.db().homeOf(user(500))).isEmpty();
        assertThat(fixture.db().homeOf(user(501))).contains(homeOf(501));
        assertThat(fixture.db().homeOf(user(1_499))).contains(ONE);
    }

    @Test
    void aLowerBoundTakesEffectWithTheNextWrites() {
        fixture.rememberUsers(12_000);
        fixture.reopen(LocalDbSettings.in(fixture.folder).withMaxUsers(100));
        fixture.db().remember(ANNA, ONE);
        fixture.awaitWritten();
        fixture.db().remember(ANNA, ONE);
        fixture.awaitWritten();
        assertThat(fixture.db().health().users()).isEqualTo(100);
        assertThat(fixture.db().homeOf(ANNA)).contains(ONE);
        assertThat(fixture.db().homeOf(user(11_999))).contains(homeOf(11_999));
    }

    @Test
    void discardedContentIsGoneAtOnceAndTheCallerIsAskedForMore() {
        fixture.db().remember(ANNA, ONE);
        fixture.db().saveGroups(List.of(GROUP_ROW));
        fixture.db().markSyncedUntil(NOON);
        fixture.awaitWritten();
        fixture.topology = new KeptTopology(List.of(SITE_ROW), List.of(TAG), backends(SITE, 2), List.of(GROUP_ROW));
        fixture.db().discard("the node was away too long");
        assertThat(fixture.db().homeOf(ANNA)).isEmpty();
        assertThat(fixture.db().syncedUntil()).isEmpty();
        assertThat(fixture.db().loadTopology()).isEqualTo(KeptTopology.EMPTY);
        fixture.awaitRebuilds(1);
        assertThat(fixture.timesAsked).hasValue(1);
        assertThat(fixture.aside()).doesNotExist();
        assertThat(fixture.db().homeOf(ANNA)).isEmpty();
        eventually(() -> fixture.db().loadTopology().equals(fixture.topology));
        fixture.db().remember(BERTA, TWO);
        fixture.reopen();
        assertThat(fixture.db().loadTopology()).isEqualTo(fixture.topology);
        assertThat(fixture.db().homeOf(ANNA)).isEmpty();
        assertThat(fixture.db().homeOf(BERTA)).contains(TWO);
        assertThat(fixture.db().syncedUntil()).isEmpty();
    }

    @Test
    void namesOfAllKindsAreKeptApart() {
        List<String> names =
                List.of("a b", "ž", "z", "😀", "'; drop table users", "%", "a_c", "abc", "x".repeat(512), "?");
        for (int i = 0; i < names.size(); i++) {
            fixture.db().remember(new UserKey(names.get(i)), homeOf(i));
        }
        fixture.reopen();
        for (int i = 0; i < names.size(); i++) {
            assertThat(fixture.db().homeOf(new UserKey(names.get(i)))).contains(homeOf(i));
        }
    }

    @Test
    void aNameThatIsNotUnicodeIsNotTakenForAnother() {
        UserKey halfAPair = new UserKey("\ud83d");
        fixture.db().remember(new UserKey("?"), ONE);
        fixture.db().remember(halfAPair, TWO);
        fixture.db().forget(halfAPair);
        fixture.reopen();
        assertThat(fixture.db().homeOf(halfAPair)).isEmpty();
        assertThat(fixture.db().homeOf(new UserKey("?"))).contains(ONE);
    }

    @Test
    void onlyTheOwnerMayReadTheFiles() throws Exception {
        fixture.db().remember(ANNA, ONE);
        fixture.awaitWritten();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fixture.folder)))
                .isEqualTo("rwx------");
        try (var files = Files.list(fixture.folder)) {
            assertThat(files).hasSize(4).allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void afterCloseItKnowsNobodyAndTakesNothing() {
        fixture.db().remember(ANNA, ONE);
        fixture.close();
        fixture.db().remember(BERTA, ONE);
        fixture.db().forget(ANNA);
        fixture.db().close();
        assertThat(fixture.db().homeOf(ANNA)).isEmpty();
        assertThat(fixture.db().health().state()).isEqualTo(State.UNAVAILABLE);
        assertThat(fixture.reopen().homeOf(ANNA)).contains(ONE);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        LocalDbSettings settings = LocalDbSettings.in(temporary);
        assertThatThrownBy(() -> settings.withMaxUsers(0)).hasMessageContaining("maxUsers 0");
        assertThatThrownBy(() -> settings.withMaxPendingWrites(3)).hasMessageContaining("maxPendingWrites 3");
        assertThatThrownBy(() -> settings.withRetryInterval(Duration.ZERO)).hasMessageContaining("retryInterval PT0S");
        assertThatThrownBy(() -> settings.withCheckLimit(Duration.ZERO)).hasMessageContaining("checkLimit PT0S");
    }
}
