package org.pombal.model.forcemove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupOwner;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.share.ForceMove;
import org.pombal.model.share.UserShare;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.site.TagId;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;

class ForcePlacementTest {

    private static final UsernameHash WHOLE_NAME = UsernameHash.WHOLE_NAME;
    private static final List<UserKey> USERS = IntStream.range(0, 5000)
            .mapToObj(number -> new UserKey("u" + number + "@example.org"))
            .toList();
    private static final Site PORTO = site(1);
    private static final Site LISBON = site(2);
    private static final Site FARO = site(3);
    private static final Backend B1 = backend(1);
    private static final Backend B2 = backend(2);
    private static final Backend B3 = backend(3);

    private static Site site(int number) {
        return Site.added(new SiteId(new UUID(0, number)), "s" + number)
                .withLoadBalancer("lb" + number)
                .withGroupCount(10);
    }

    private static Backend backend(int number) {
        return Backend.added(
                        new BackendId(new UUID(1, number)), PORTO.id(), new HostName("b" + number + ".example.org"))
                .withStatus(BackendStatus.ONLINE);
    }

    private static UserGroup group(int number, Backend owner) {
        return UserGroup.atRest(
                GroupId.numbered(PORTO.id(), number),
                GroupOwner.unclaimed(owner.id()),
                Optional.empty(),
                1,
                false,
                false);
    }

    private static List<UserGroup> groups() {
        return IntStream.rangeClosed(1, 30)
                .mapToObj(number -> group(number, List.of(B1, B2, B3).get(number % 3)))
                .toList();
    }

    private static Set<UserKey> chosen(String id, int percentage) {
        UserShare share = new UserShare(id, percentage);
        return USERS.stream()
                .filter(user -> ForcePlacement.isChosen(user, share, WHOLE_NAME))
                .collect(Collectors.toSet());
    }

    private static Site forced(Site site, int percentage, Site... destinations) {
        Set<SiteId> ids = Stream.of(destinations).map(Site::id).collect(Collectors.toSet());
        return site.withForceMove(Optional.of(new ForceMove<>(new UserShare("id", percentage), new TreeSet<>(ids))));
    }

    private static Backend forced(Backend backend, int percentage, Backend... destinations) {
        Set<BackendId> ids = Stream.of(destinations).map(Backend::id).collect(Collectors.toSet());
        return backend.withForceMove(Optional.of(new ForceMove<>(new UserShare("id", percentage), new TreeSet<>(ids))));
    }

    private static Optional<GroupId> onOther(UserKey user, Backend from, Collection<Backend> backends) {
        return ForcePlacement.onOtherBackend(user, from, backends, groups().stream(), WHOLE_NAME);
    }

    private static BackendId ownerOf(GroupId group) {
        return groups().stream()
                .filter(its -> its.id().equals(group))
                .findFirst()
                .orElseThrow()
                .backend();
    }

    @Test
    void aHigherPercentageOnlyAddsUsers() {
        Set<UserKey> before = new HashSet<>();
        for (int percentage = 0; percentage <= 100; percentage++) {
            Set<UserKey> now = chosen("id", percentage);
            assertThat(now).containsAll(before);
            before = now;
        }
    }

    @Test
    void aPercentageIsThatManyOfTheUsersFromNobodyToAll() {
        assertThat(chosen("id", 0)).isEmpty();
        assertThat(chosen("id", 30)).hasSizeBetween(1400, 1600);
        assertThat(chosen("id", 100)).hasSize(USERS.size());
    }

    @Test
    void anotherIdChoosesOthers() {
        Set<UserKey> both = chosen("one", 50);
        both.retainAll(chosen("other", 50));

        assertThat(both).hasSizeBetween(1150, 1350);
    }

    /** Two releases that run side by side have to agree. */
    @Test
    void theRuleNeverChanges() {
        assertThat(IntStream.range(0, 40)
                        .filter(number -> ForcePlacement.isChosen(
                                new UserKey("u" + number), new UserShare("id", 25), WHOLE_NAME)))
                .containsExactly(0, 1, 19, 30, 34, 36);
    }

    @Test
    void usersOfADomainStayTogetherWhereTheSettingKeepsThemTogether() {
        UserShare half = new UserShare("id", 50);
        UsernameHash domain = UsernameHash.parse("%Ld");

        assertThat(USERS.stream()
                        .map(user -> ForcePlacement.isChosen(user, half, domain))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void impossiblePercentagesAndIdsAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UserShare("id", 101))
                .withMessageContaining("101");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UserShare("id", -1))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UserShare(" ", 1))
                .withMessageContaining("id");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ForceMove<>(new UserShare("id", 1), new TreeSet<SiteId>()));
    }

    @Test
    void usersOfASiteSpreadOverItsDestinations() {
        Site porto = forced(PORTO, 40, LISBON, FARO);
        List<GroupId> places = USERS.stream()
                .flatMap(user ->
                        ForcePlacement.inOtherSite(user, porto, List.of(porto, LISBON, FARO), WHOLE_NAME).stream())
                .toList();

        assertThat(places).hasSize(chosen("id", 40).size());
        assertThat(places)
                .filteredOn(group -> group.site().equals(FARO.id()))
                .hasSizeBetween(places.size() * 4 / 10, places.size() * 6 / 10);
        assertThat(places).allMatch(group -> !group.site().equals(PORTO.id()));
    }

    @Test
    void whenADestinationIsLostOnlyItsUsersGoElsewhere() {
        Site porto = forced(PORTO, 100, LISBON, FARO);
        Site away = FARO.withStatus(SiteStatus.STANDBY);
        for (UserKey user : USERS) {
            SiteId both = ForcePlacement.inOtherSite(user, porto, List.of(LISBON, FARO), WHOLE_NAME)
                    .orElseThrow()
                    .site();
            SiteId one = ForcePlacement.inOtherSite(user, porto, List.of(LISBON, away), WHOLE_NAME)
                    .orElseThrow()
                    .site();
            assertThat(one).isEqualTo(LISBON.id());
            assertThat(both.equals(LISBON.id()) || both.equals(FARO.id())).isTrue();
        }
    }

    @Test
    void withoutAForcedMoveOrADestinationThatTakesThemUsersStay() {
        UserKey user = USERS.get(0);
        Site porto = forced(PORTO, 100, LISBON);

        assertThat(ForcePlacement.inOtherSite(user, PORTO, List.of(LISBON, FARO), WHOLE_NAME))
                .isEmpty();
        assertThat(ForcePlacement.inOtherSite(user, porto, List.of(FARO), WHOLE_NAME))
                .isEmpty();
        for (Site cannot : List.of(
                LISBON.withStatus(SiteStatus.OFFLINE),
                LISBON.withTag(Optional.of(new TagId(new UUID(9, 9)))),
                LISBON.withoutLoadBalancer(),
                forced(LISBON, 5, PORTO))) {
            assertThat(ForcePlacement.inOtherSite(user, porto, List.of(cannot), WHOLE_NAME))
                    .isEmpty();
        }
    }

    @Test
    void usersOfABackendGoToGroupsOfItsDestinations() {
        Backend from = forced(B1, 100, B2, B3);
        for (UserKey user : USERS.subList(0, 500)) {
            GroupId to = onOther(user, from, List.of(from, B2, B3)).orElseThrow();
            GroupId withoutOne = onOther(user, from, List.of(from, B2)).orElseThrow();

            assertThat(ownerOf(to)).isIn(B2.id(), B3.id());
            assertThat(ownerOf(withoutOne)).isEqualTo(B2.id());
            if (ownerOf(to).equals(B2.id())) {
                assertThat(withoutOne).isEqualTo(to);
            }
        }
        assertThat(USERS.subList(0, 500).stream()
                        .map(user -> onOther(user, from, List.of(from, B2, B3)).orElseThrow()))
                .as("all groups of both")
                .containsAll(groups().stream()
                        .filter(group -> !group.backend().equals(B1.id()))
                        .map(UserGroup::id)
                        .toList());
    }

    @Test
    void noBackendIsSentUsersItDoesNotTake() {
        UserKey user = USERS.get(0);
        Backend from = forced(B1, 100, B2);

        assertThat(onOther(user, B1, List.of(B1, B2))).isEmpty();
        for (Backend cannot : List.of(
                B2.withStatus(BackendStatus.STANDBY), B2.withLoadFactor(new LoadFactor(0)), forced(B2, 5, B1))) {
            assertThat(onOther(user, from, List.of(from, cannot))).isEmpty();
        }
    }

    @Test
    void groupsThatMoveTakeNobody() {
        Backend from = forced(B1, 100, B2);
        UserGroup moving = GroupSteps.proposed(
                group(1, B2), GroupMove.proposed(MoveId.random(), B3.id(), false, "test", Instant.EPOCH));

        assertThat(ForcePlacement.onOtherBackend(USERS.get(0), from, List.of(from, B2), Stream.of(moving), WHOLE_NAME))
                .isEmpty();
        assertThat(ForcePlacement.onOtherBackend(
                        USERS.get(0), from, List.of(from, B2), Stream.of(moving, group(2, B2)), WHOLE_NAME))
                .contains(GroupId.numbered(PORTO.id(), 2));
    }

    @Test
    void anotherStatusEndsAForcedMoveAndTheSameOneDoesNot() {
        Site porto = forced(PORTO, 10, LISBON);
        Backend from = forced(B1, 10, B2);

        assertThat(porto.withStatus(SiteStatus.ONLINE).forceMove()).isPresent();
        assertThat(porto.withStatus(SiteStatus.STANDBY).forceMove()).isEmpty();
        assertThat(from.withStatus(BackendStatus.ONLINE).forceMove()).isPresent();
        assertThat(from.withStatus(BackendStatus.STANDBY).forceMove()).isEmpty();
        assertThat(from.withLoadFactor(new LoadFactor(50)).forceMove()).isPresent();
    }
}
