package org.pombal.geodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.geodb.Await.result;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pombal.model.group.MoveId;
import org.pombal.model.user.UserKey;

/** What every {@link MoveProgress} does. */
public interface MoveProgressContract extends GeoDbFixture {

    private MoveProgress progress() {
        return geoDb().moveProgress();
    }

    @Test
    default void whoRemainsAndWhoIsDoneIsSeenByOthers() {
        MoveId move = MoveId.random();
        UserKey ann = new UserKey("ann \"the 'one'\"@example.org");
        UserKey bob = new UserKey("bob");
        assertThat(result(progress().find(move))).isEqualTo(new MoveProgress.Users(Set.of(), Set.of()));

        result(progress().addRemaining(move, List.of(ann, bob)));
        result(progress().addDone(move, ann));

        assertThat(result(another().moveProgress().find(move)))
                .isEqualTo(new MoveProgress.Users(Set.of(ann, bob), Set.of(ann)));
        assertThat(result(another().moveProgress().find(move, ann))).isEqualTo(new MoveProgress.UserState(true, true));
        assertThat(result(another().moveProgress().find(move, bob))).isEqualTo(new MoveProgress.UserState(true, false));
        assertThat(result(another().moveProgress().find(move, new UserKey("cid"))))
                .isEqualTo(new MoveProgress.UserState(false, false));
    }

    @Test
    default void addingTwiceChangesNothing() {
        MoveId move = MoveId.random();
        UserKey ann = new UserKey("ann");
        result(progress().addRemaining(move, List.of(ann)));
        result(another().moveProgress().addRemaining(move, List.of(ann)));
        result(progress().addDone(move, ann));
        result(another().moveProgress().addDone(move, ann));

        assertThat(result(progress().find(move))).isEqualTo(new MoveProgress.Users(Set.of(ann), Set.of(ann)));
    }

    @Test
    default void aMoveWithoutRemainingUsersIsNothingToWrite() {
        MoveId move = MoveId.random();

        result(progress().addRemaining(move, List.of()));

        assertThat(result(progress().find(move)).remaining()).isEmpty();
    }

    @Test
    default void manyUsersMayRemain() {
        MoveId move = MoveId.random();
        List<UserKey> users = IntStream.range(0, many())
                .mapToObj(number -> new UserKey("user" + number + "@example.org"))
                .toList();

        result(progress().addRemaining(move, users));

        assertThat(result(another().moveProgress().find(move)).remaining()).containsExactlyInAnyOrderElementsOf(users);
    }

    @Test
    default void whatIsDeletedIsOneMoveOnly() {
        MoveId ended = MoveId.random();
        MoveId other = MoveId.random();
        UserKey ann = new UserKey("ann");
        for (MoveId move : List.of(ended, other)) {
            result(progress().addRemaining(move, List.of(ann)));
            result(progress().addDone(move, ann));
        }

        result(progress().delete(ended));

        assertThat(result(another().moveProgress().find(ended))).isEqualTo(new MoveProgress.Users(Set.of(), Set.of()));
        assertThat(result(another().moveProgress().find(other)))
                .isEqualTo(new MoveProgress.Users(Set.of(ann), Set.of(ann)));
    }
}
