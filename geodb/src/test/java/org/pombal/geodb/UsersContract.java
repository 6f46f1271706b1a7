package org.pombal.geodb;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pombal.geodb.Await.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pombal.model.group.GroupId;
import org.pombal.model.placement.User;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

/** What every {@link Users} does. */
public interface UsersContract extends GeoDbFixture {

    private Users users() {
        return geoDb().users();
    }

    private static UserKey key() {
        return new UserKey("user-" + UUID.randomUUID() + "@example.org");
    }

    private static GroupId group(int number) {
        return GroupId.numbered(SiteId.random(), number);
    }

    private List<User> listed(GroupId group, int pageSize) {
        List<User> users = new ArrayList<>();
        Optional<PageToken> next = Optional.empty();
        do {
            Page<User> page = result(another().users().inGroup(group, next, pageSize));
            users.addAll(page.rows());
            next = page.next();
        } while (next.isPresent());
        return users;
    }

    @Test
    default void aUserThatIsAddedIsFoundAtBothLevels() {
        User user = User.firstSeen(key(), group(1));

        assertThat(result(users().find(user.key(), ReadLevel.QUORUM))).isEmpty();
        assertThat(result(users().createIfAbsent(user))).isEqualTo(new Cas.Applied<>(user));

        assertThat(result(another().users().find(user.key(), ReadLevel.QUORUM))).contains(user);
        assertThat(result(another().users().find(user.key(), ReadLevel.SERIAL))).contains(user);
    }

    @Test
    default void theFailoverGroupOfAUserIsKept() {
        User user = new User(key(), group(1), Optional.of(group(2)), 1);

        result(users().createIfAbsent(user));

        assertThat(result(users().find(user.key(), ReadLevel.QUORUM))).contains(user);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jürgen@exämple.org",
                "ユーザー@例え.jp",
                "\uD83D\uDD4A\uFE0F@dovecote.example",
                "o'brien\"; DROP TABLE users; --@example.org",
                "with space@example.org",
                "%s{}$1\\n?:@example.org",
                "a",
            })
    default void oddNamesAreNamesLikeOthers(String name) {
        User user = User.firstSeen(new UserKey(UUID.randomUUID() + name), group(1));

        assertThat(result(users().createIfAbsent(user))).isEqualTo(new Cas.Applied<>(user));

        assertThat(result(users().find(user.key(), ReadLevel.SERIAL))).contains(user);
        assertThat(listed(user.home(), 10)).containsExactly(user);
    }

    @Test
    default void theLongestNameIsANameLikeOthers() {
        String unique = UUID.randomUUID().toString();
        UserKey key = new UserKey(unique + "x".repeat(UserKey.MAX_BYTES - unique.length()));
        User user = User.firstSeen(key, group(1));

        result(users().createIfAbsent(user));

        assertThat(result(users().find(key, ReadLevel.QUORUM))).contains(user);
    }

    @Test
    default void oneOfManyConcurrentCreatorsWinsAndAllSeeItsGroup() throws Exception {
        UserKey key = key();
        SiteId site = SiteId.random();

        List<Cas<User>> outcomes = Creators.race(32, i -> (i % 2 == 0 ? geoDb() : another())
                .users()
                .createIfAbsent(User.firstSeen(key, GroupId.numbered(site, i + 1))));

        Set<User> seen = outcomes.stream().map(Creators::standing).collect(toSet());
        assertThat(seen).hasSize(1);
        assertThat(outcomes).filteredOn(Cas.Applied.class::isInstance).hasSize(1);
        User winner = seen.iterator().next();
        assertThat(result(users().find(key, ReadLevel.SERIAL))).contains(winner);
    }

    @Test
    default void aUserIsListedInItsGroupOnlyAndNotWhereALoserWantedIt() {
        User winner = User.firstSeen(key(), group(1));
        User loser = User.firstSeen(winner.key(), group(2));
        result(users().createIfAbsent(winner));

        assertThat(result(another().users().createIfAbsent(loser))).isEqualTo(new Cas.Lost<>(Optional.of(winner)));

        assertThat(listed(winner.home(), 10)).containsExactly(winner);
        assertThat(listed(loser.home(), 10)).isEmpty();
    }

    @Test
    default void pagesShowEachUserOfTheGroupOnce() throws Exception {
        GroupId group = group(1);
        List<User> created = IntStream.range(0, 250)
                .mapToObj(i -> User.firstSeen(key(), group))
                .toList();
        Creators.createAll(created, users()::createIfAbsent);

        assertThat(listed(group, 40)).containsExactlyInAnyOrderElementsOf(created);
    }

    @Test
    default void aCreationWhoseAnswerIsLostIsClearedUpByAskingAgain() {
        User user = User.firstSeen(key(), group(1));
        faults().loseAnswers(1);

        assertThat(result(users().createIfAbsent(user))).isEqualTo(new Cas.Applied<>(user));
    }

    @Test
    default void aCreationWithoutAnyAnswerIsUnknownAndSettledByTheNextOne() {
        User user = User.firstSeen(key(), group(1));
        User other = User.firstSeen(user.key(), group(2));
        faults().loseAnswers(2);

        assertThatThrownBy(() -> result(users().createIfAbsent(user)))
                .isInstanceOf(UnknownOutcomeException.class)
                .hasMessageContaining("adding user " + user.key());
        assertThat(result(another().users().createIfAbsent(other))).isEqualTo(new Cas.Lost<>(Optional.of(user)));
    }

    @Test
    default void aCreationThatIsRefusedCreatesNobody() {
        User user = User.firstSeen(key(), group(1));
        faults().refuse(1);

        assertThatThrownBy(() -> result(users().createIfAbsent(user)))
                .isInstanceOf(GeoDbUnavailableException.class)
                .hasMessageContaining("adding user " + user.key());
        assertThat(result(another().users().find(user.key(), ReadLevel.SERIAL))).isEmpty();
        assertThat(listed(user.home(), 10)).isEmpty();
    }

    @Test
    default void aUserThatIsMovedIsAtHomeInTheNewGroupOnly() {
        User user = User.firstSeen(key(), group(1));
        GroupId target = group(2);
        result(users().createIfAbsent(user));
        User moved = user.movedTo(target, Optional.of(user.home())).atVersion(2);

        assertThat(result(users().update(user.movedTo(target, Optional.of(user.home())))))
                .isEqualTo(new Cas.Applied<>(moved));

        assertThat(result(another().users().find(user.key(), ReadLevel.SERIAL))).contains(moved);
        assertThat(listed(target, 10)).containsExactly(moved);
        assertThat(listed(user.home(), 10)).isEmpty();
        result(users().update(moved.movedTo(user.home(), Optional.empty())));
        assertThat(listed(user.home(), 10)).hasSize(1);
        assertThat(listed(target, 10)).isEmpty();
    }

    @Test
    default void anUpdateOfAUserDecidedOnAnOldVersionLoses() {
        User user = User.firstSeen(key(), group(1));
        result(users().createIfAbsent(user));
        User moved = user.movedTo(group(2), Optional.empty());
        result(another().users().update(moved));

        assertThat(result(users().update(user.movedTo(group(3), Optional.empty()))))
                .isEqualTo(new Cas.Lost<>(Optional.of(moved.atVersion(2))));
        assertThat(result(users().retire(user))).isEqualTo(new Cas.Lost<>(Optional.of(moved.atVersion(2))));
        assertThat(result(users().update(User.firstSeen(key(), group(1))))).isEqualTo(new Cas.Lost<>(Optional.empty()));
    }

    @Test
    default void aUserThatIsRetiredIsGoneAndComesBackWithTheVersionThatFollows() {
        User user = User.firstSeen(key(), group(1));
        result(users().createIfAbsent(user));

        assertThat(result(users().retire(user))).isInstanceOf(Cas.Applied.class);

        assertThat(result(another().users().find(user.key(), ReadLevel.SERIAL))).isEmpty();
        assertThat(listed(user.home(), 10)).isEmpty();
        assertThat(result(users().update(user.atVersion(2)))).isEqualTo(new Cas.Lost<>(Optional.empty()));
        User again = User.firstSeen(user.key(), group(2));
        assertThat(result(another().users().createIfAbsent(again))).isEqualTo(new Cas.Applied<>(again.atVersion(3)));
        assertThat(result(users().find(user.key(), ReadLevel.QUORUM))).contains(again.atVersion(3));
        assertThat(listed(again.home(), 10)).containsExactly(again.atVersion(3));
    }

    @Test
    default void aMoveWhoseAnswerIsLostIsClearedUpByAskingAgain() {
        User user = User.firstSeen(key(), group(1));
        result(users().createIfAbsent(user));
        faults().loseAnswers(1);

        assertThat(result(users().update(user.movedTo(group(2), Optional.empty()))))
                .isInstanceOf(Cas.Applied.class);
    }

    @Test
    default void allUsersAreListedOnceInPages() throws Exception {
        List<User> created = IntStream.range(0, 120)
                .mapToObj(i -> User.firstSeen(key(), group(1)))
                .toList();
        Creators.createAll(created, users()::createIfAbsent);
        result(users().retire(created.get(0)));

        List<User> listed = new ArrayList<>();
        Optional<PageToken> next = Optional.empty();
        do {
            Page<User> page = result(another().users().list(next, 37));
            listed.addAll(page.rows());
            next = page.next();
        } while (next.isPresent());

        assertThat(listed).doesNotHaveDuplicates().containsAll(created.subList(1, 120));
        assertThat(listed).doesNotContain(created.get(0));
    }
}
