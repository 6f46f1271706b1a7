package org.pombal.geodb;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pombal.geodb.Await.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.SiteId;

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
        UserGroup group = new UserGroup(id, BackendId.random(), Optional.empty(), 5, true, true);

        result(groups().createIfAbsent(group));

        assertThat(result(groups().find(id, ReadLevel.QUORUM))).contains(group);
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
        List<UserGroup> created = IntStream.rangeClosed(1, 2000)
                .mapToObj(number -> group(site, "default-" + number))
                .toList();
        Creators.createAll(created, groups()::createIfAbsent);
        result(groups().createIfAbsent(group(SiteId.random(), "default-1")));

        List<UserGroup> listed = new ArrayList<>();
        Optional<PageToken> next = Optional.empty();
        int pages = 0;
        do {
            Page<UserGroup> page = result(another().groups().list(site, next, 300));
            assertThat(page.rows()).hasSizeLessThanOrEqualTo(300);
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

        List<Cas<UserGroup>> outcomes = Creators.race(
                wanted.size(), i -> (i % 2 == 0 ? geoDb() : another()).groups().createIfAbsent(wanted.get(i)));

        Set<UserGroup> seen = outcomes.stream().map(Creators::standing).collect(toSet());
        assertThat(seen).hasSize(1);
        assertThat(outcomes).filteredOn(Cas.Applied.class::isInstance).hasSize(1);
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
}
