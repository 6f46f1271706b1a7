package org.pombal.geodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.pombal.geodb.Await.result;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupOwner;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

/** What every {@link Groups} does. */
public interface GroupsContract extends GeoDbFixture {

    private Groups groups() {
        return geoDb().groups();
    }

    private static UserGroup group(SiteId site, String name) {
        return UserGroup.placed(new GroupId(site, name), BackendId.random(), Optional.of(BackendId.random()));
    }

    @Test
    default void aGroupThatIsAddedIsFoundAtBothLevels() {
        UserGroup group = group(SiteId.random(), "default-1");

        assertThat(result(groups().find(group.id(), ReadLevel.SERIAL))).isEmpty();
        assertThat(result(groups().createIfAbsent(group))).isEqualTo(new Cas.Applied<>(group));

        assertThat(result(another().groups().find(group.id(), ReadLevel.QUORUM)))
                .contains(group);
        assertThat(result(another().groups().find(group.id(), ReadLevel.SERIAL)))
                .contains(group);
    }

    @Test
    default void allFieldsOfAGroupAreKept() {
        GroupId id = new GroupId(SiteId.random(), "Särskild 'grupp' \"1\"");
        UserGroup group = UserGroup.atRest(id, new GroupOwner(BackendId.random(), 3), Optional.empty(), 5, true, true);

        result(groups().createIfAbsent(group));

        assertThat(result(groups().find(id, ReadLevel.QUORUM))).contains(group);
    }

    @Test
    default void whenAGroupWasChangedLastIsKnown() {
        UserGroup group = group(SiteId.random(), "default-1");
        assertThat(result(groups().changedAt(group.id()))).isEmpty();

        result(groups().createIfAbsent(group));
        Instant created = result(another().groups().changedAt(group.id())).orElseThrow();
        result(groups().update(GroupSteps.withSticky(group, true, true)));
        Instant changed = result(another().groups().changedAt(group.id())).orElseThrow();

        assertThat(created).isCloseTo(now(), within(1, ChronoUnit.MINUTES));
        assertThat(changed).isBetween(created, created.plusSeconds(60));
        result(groups().retire(GroupSteps.withSticky(group, true, true)));
        assertThat(result(groups().changedAt(group.id()))).isEmpty();
    }

    @Test
    default void theFirstWriterOfAGroupWins() {
        SiteId site = SiteId.random();
        UserGroup first = group(site, "default-1");
        result(groups().createIfAbsent(first));

        assertThat(result(another().groups().createIfAbsent(group(site, "default-1"))))
                .isEqualTo(new Cas.Lost<>(Optional.of(first)));
        assertThat(result(another().groups().createIfAbsent(first))).isEqualTo(new Cas.Applied<>(first));
    }

    @Test
    default void aGroupOfOneNameOnAnotherSiteIsAnotherGroup() {
        UserGroup here = group(SiteId.random(), "default-1");
        UserGroup there = group(SiteId.random(), "default-1");
        result(groups().createIfAbsent(here));

        assertThat(result(groups().createIfAbsent(there))).isEqualTo(new Cas.Applied<>(there));
    }

    @Test
    default void pagesShowEachGroupOfTheSiteOnce() throws Exception {
        SiteId site = SiteId.random();
        List<UserGroup> created = IntStream.rangeClosed(1, many())
                .mapToObj(number -> group(site, "default-" + number))
                .toList();
        Creators.createAll(created, groups()::createIfAbsent);
        result(groups().createIfAbsent(group(SiteId.random(), "default-1")));

        int size = many() / 7;
        List<UserGroup> listed = new ArrayList<>();
        Optional<PageToken> next = Optional.empty();
        int pages = 0;
        do {
            Page<UserGroup> page = result(another().groups().list(site, next, size));
            assertThat(page.rows()).hasSizeLessThanOrEqualTo(size);
            listed.addAll(page.rows());
            next = page.next();
            pages++;
        } while (next.isPresent());

        assertThat(listed).containsExactlyInAnyOrderElementsOf(created);
        assertThat(pages).isBetween(7, 8);
    }

    @Test
    default void aSiteWithoutGroupsHasOneEmptyPage() {
        assertThat(result(groups().list(SiteId.random(), Optional.empty(), 10)))
                .isEqualTo(new Page<>(List.of(), Optional.empty()));
    }

    @Test
    default void impossiblePagesAreRefused() {
        SiteId site = SiteId.random();
        assertThatThrownBy(() -> groups().list(site, Optional.empty(), 0)).hasMessageContaining("page size 0");
        assertThatThrownBy(() -> groups().list(site, Optional.empty(), 5001)).hasMessageContaining("page size 5001");
        assertThatThrownBy(() -> groups().list(site, Optional.of(new PageToken("no token!")), 10))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void oneOfManyConcurrentPlacementsOfAGroupWinsAndAllSeeIt() throws Exception {
        SiteId site = SiteId.random();
        List<UserGroup> wanted =
                IntStream.range(0, 16).mapToObj(i -> group(site, "default-1")).toList();

        UserGroup winner = Creators.oneWinner(
                wanted.size(), i -> (i % 2 == 0 ? geoDb() : another()).groups().createIfAbsent(wanted.get(i)));

        assertThat(wanted).contains(winner);
    }

    @Test
    default void aPlacementWhoseAnswerIsLostIsClearedUpByAskingAgain() {
        UserGroup group = group(SiteId.random(), "default-1");
        faults().loseAnswers(1);

        assertThat(result(groups().createIfAbsent(group))).isEqualTo(new Cas.Applied<>(group));
    }

    @Test
    default void aPlacementThatSomebodyElseMadeBeforeTheLostOneLoses() {
        SiteId site = SiteId.random();
        UserGroup first = group(site, "default-1");
        result(another().groups().createIfAbsent(first));
        faults().loseAnswers(1);

        assertThat(result(groups().createIfAbsent(group(site, "default-1"))))
                .isEqualTo(new Cas.Lost<>(Optional.of(first)));
    }

    @Test
    default void eachStepOfAMoveIsKeptWhole() {
        UserGroup placed = group(SiteId.random(), "default-1");
        result(groups().createIfAbsent(placed));
        GroupMove move = GroupMove.proposed(
                MoveId.random(), BackendId.random(), true, "operator 'ann'", Instant.ofEpochMilli(1_800_000_000_000L));
        UserGroup claimed = GroupSteps.claimed(placed, 7);
        UserGroup proposed = GroupSteps.proposed(claimed, move);
        UserGroup handedOver = GroupSteps.handedOver(proposed, 4);
        UserGroup committed = GroupSteps.committed(handedOver, Optional.empty());

        for (UserGroup next : List.of(claimed, proposed, handedOver, committed)) {
            assertThat(result(groups().update(next))).isEqualTo(new Cas.Applied<>(next));
            assertThat(result(another().groups().find(placed.id(), ReadLevel.QUORUM)))
                    .contains(next);
        }
    }

    @Test
    default void usersThatAreLeavingAreKeptAndForgotten() {
        UserGroup placed = group(SiteId.random(), "default-1");
        result(groups().createIfAbsent(placed));
        UserKey mover = new UserKey("zoë's \"box\"@example.org");
        UserKey deleted = new UserKey("bob");
        GroupId target = new GroupId(SiteId.random(), "default-2");
        UserGroup one =
                GroupSteps.registered(placed, mover, Departure.to(MoveId.random(), target, Optional.of(placed.id())));
        UserGroup both = GroupSteps.registered(
                one, deleted, Departure.deletion(MoveId.random()).asked("ana's \"script\"", Instant.now()));
        UserGroup none = GroupSteps.departed(GroupSteps.departed(both, mover), deleted);
        UserGroup last = UserGroup.atRest(none.id(), none.owner(), none.failover(), both.epoch() + 1, false, false);

        for (UserGroup next : List.of(one, both, last)) {
            assertThat(result(groups().update(next))).isEqualTo(new Cas.Applied<>(next));
            assertThat(result(another().groups().find(placed.id(), ReadLevel.SERIAL)))
                    .contains(next);
        }
    }

    @Test
    default void anUpdateDecidedOnAnOldEpochLoses() {
        UserGroup placed = group(SiteId.random(), "default-1");
        result(groups().createIfAbsent(placed));
        UserGroup claimed = GroupSteps.claimed(placed, 1);
        result(another().groups().update(claimed));

        assertThat(result(groups().update(GroupSteps.withSticky(placed, true, true))))
                .isEqualTo(new Cas.Lost<>(Optional.of(claimed)));
        assertThat(result(groups().update(GroupSteps.claimed(group(SiteId.random(), "default-9"), 1))))
                .isEqualTo(new Cas.Lost<>(Optional.empty()));
    }

    @Test
    default void anUpdateWhoseAnswerOrRequestIsLostIsClearedUpByAskingAgain() {
        UserGroup placed = group(SiteId.random(), "default-1");
        result(groups().createIfAbsent(placed));
        UserGroup first = GroupSteps.claimed(placed, 1);
        UserGroup second = GroupSteps.withSticky(first, true, false);

        faults().loseAnswers(1);
        assertThat(result(groups().update(first))).isEqualTo(new Cas.Applied<>(first));
        faults().loseRequests(1);
        assertThat(result(groups().update(second))).isEqualTo(new Cas.Applied<>(second));
    }

    @Test
    default void oneOfManyConcurrentUpdatesOfAGroupWins() throws Exception {
        UserGroup placed = group(SiteId.random(), "default-1");
        result(groups().createIfAbsent(placed));
        List<UserGroup> wanted = IntStream.rangeClosed(1, 8)
                .mapToObj(incarnation -> GroupSteps.claimed(placed, incarnation))
                .toList();

        UserGroup winner = Creators.oneWinner(
                wanted.size(), i -> (i % 2 == 0 ? geoDb() : another()).groups().update(wanted.get(i)));

        assertThat(wanted).contains(winner);
        assertThat(result(groups().find(placed.id(), ReadLevel.SERIAL))).contains(winner);
    }

    @Test
    default void aGroupThatIsRetiredIsGoneAndComesBackWithTheEpochThatFollows() {
        UserGroup placed = group(SiteId.random(), "default-1");
        result(groups().createIfAbsent(placed));

        assertThat(result(groups().retire(placed))).isInstanceOf(Cas.Applied.class);

        assertThat(result(another().groups().find(placed.id(), ReadLevel.SERIAL)))
                .isEmpty();
        assertThat(result(another().groups().list(placed.id().site(), Optional.empty(), 10))
                        .rows())
                .isEmpty();
        UserGroup anew = group(placed.id().site(), "default-1");
        UserGroup revived = GroupSteps.revived(anew, 2);
        assertThat(result(another().groups().createIfAbsent(anew))).isEqualTo(new Cas.Applied<>(revived));
        assertThat(result(groups().find(placed.id(), ReadLevel.SERIAL))).contains(revived);
    }

    @Test
    default void aClaimDecidedBeforeAGroupWasRetiredComesTooLate() {
        UserGroup placed = group(SiteId.random(), "default-1");
        result(groups().createIfAbsent(placed));
        result(another().groups().retire(placed));

        assertThat(result(groups().update(GroupSteps.claimed(placed, 1)))).isEqualTo(new Cas.Lost<>(Optional.empty()));
    }

    @Test
    default void aGroupThatWasClaimedMeanwhileIsNotRetired() {
        UserGroup placed = group(SiteId.random(), "default-1");
        result(groups().createIfAbsent(placed));
        UserGroup claimed = GroupSteps.claimed(placed, 1);
        result(another().groups().update(claimed));

        assertThat(result(groups().retire(placed))).isEqualTo(new Cas.Lost<>(Optional.of(claimed)));
        assertThat(result(groups().find(placed.id(), ReadLevel.QUORUM))).contains(claimed);
    }
}
