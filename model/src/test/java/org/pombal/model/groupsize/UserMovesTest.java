package org.pombal.model.groupsize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.model.groupsize.Sizes.id;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.groupsize.UserMoves.UserMove;
import org.pombal.model.user.UserKey;

class UserMovesTest {

    private static final List<UserTransfer> TRANSFERS =
            List.of(new UserTransfer(id(1), id(2), 2), new UserTransfer(id(1), id(3), 5));

    private static List<UserMove> named() {
        return UserMoves.named(TRANSFERS, group -> List.of(new UserKey("a"), new UserKey("b"), new UserKey("c"))
                .iterator());
    }

    private static Function<GroupId, Optional<UserGroup>> rows(Sizes sizes) {
        return id -> sizes.groups.stream()
                .map(GroupSize::group)
                .filter(group -> group.id().equals(id))
                .findFirst();
    }

    @Test
    void aUserIsNamedOnceAndWhoIsNotThereIsNot() {
        assertThat(named())
                .containsExactly(
                        new UserMove(new UserKey("a"), id(1), id(2)),
                        new UserMove(new UserKey("b"), id(1), id(2)),
                        new UserMove(new UserKey("c"), id(1), id(3)));
    }

    @Test
    void aPassTakesNoMoreThanItMay() {
        UserMoves.Pass pass = UserMoves.pass(named(), rows(new Sizes().on(1, 3, 0, 0)), false, 2);

        assertThat(pass.moves()).hasSize(2);
        assertThat(pass.later()).hasSize(1);
        assertThat(pass.dropped()).isEmpty();
    }

    @Test
    void aMovingGroupWaits() {
        UserMoves.Pass pass =
                UserMoves.pass(named(), rows(new Sizes().on(1, 3).moving(1, 0).on(1, 0)), false, 9);

        assertThat(pass.moves()).extracting(UserMove::to).containsExactly(id(3));
        assertThat(pass.later()).hasSize(2);
    }

    @Test
    void whatIsNoLongerRightIsDropped() {
        // default-2 is on another backend now, default-3 is sticky.
        Sizes changed = new Sizes().on(1, 3).on(2, 0).sticky(1, 0);

        assertThat(UserMoves.pass(named(), rows(changed), false, 9).dropped()).hasSize(3);
        assertThat(UserMoves.pass(named(), rows(changed), true, 9).dropped()).hasSize(1);
        assertThat(UserMoves.pass(named(), id -> Optional.empty(), true, 9).dropped())
                .hasSize(3);
    }
}
