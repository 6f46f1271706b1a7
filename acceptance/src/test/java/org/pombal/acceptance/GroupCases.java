package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.stream.Stream;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;

/** {@code cluster group ...} */
final class GroupCases {

    private GroupCases() {}

    static Stream<CommandCase> all() {
        return Stream.of(
                CommandCase.of("cluster group access")
                        .atBackend()
                        .with("group", "{labgroup}")
                        .shows("group={labgroup}", "backend={labbackend}", "user=probe-{self}"),
                CommandCase.of("cluster group access")
                        .with("group", "{labgroup}")
                        .fails(65, "must be run on a backend"),
                CommandCase.of("cluster group list").shows("site={site}", "group=default-1", "backend={b1}"),
                CommandCase.of("cluster group list")
                        .with("site", "{site}")
                        .with("mask", "default-?")
                        .shows("group=default-2", "backend={b2}", "alt-backend={b1}", "moving=no", "epoch=1"),
                CommandCase.of("cluster group move")
                        .with("site", "{site}")
                        .with("group", "default-1")
                        .with("host", "{b2}")
                        .shows("site={site}", "group=default-1", "from={b1}", "to={b2}")
                        .then(world -> {
                            assertThat(world.group("{site}", "default-1")).get().matches(UserGroup::isMoving);
                            assertThat(world.headedFor("{site}", "default-1")).contains("{b2}");
                        }),
                CommandCase.of("cluster group move")
                        .with("site", "{site}")
                        .with("group", "default-1")
                        .with("host", "{b2}")
                        .with("direct")
                        .shows("from={b1}", "to={b2}", "move-id=")
                        .then(world -> {
                            assertThat(world.group("{site}", "default-1")).get().matches(group -> !group.isMoving());
                            assertThat(world.headedFor("{site}", "default-1")).contains("{b2}");
                        }),
                CommandCase.of("cluster group move")
                        .with("site", "{site}")
                        .with("group", "default-1")
                        .with("host", "{b2}")
                        .with("wait")
                        .meanwhile(world -> {
                            await().until(() -> world.group("{site}", "default-1")
                                    .orElseThrow()
                                    .isMoving());
                            world.finishMoves("{site}");
                        })
                        .shows("to={b2}")
                        .then(world -> assertThat(world.headedFor("{site}", "default-1"))
                                .contains("{b2}")),
                CommandCase.of("cluster group status")
                        .with("site", "{site}")
                        .with("group", "default-1")
                        .shows("backend={b1}", "alt-backend={b2}", "failover={b2}", "geodb={b1}, epoch 1"),
                CommandCase.of("cluster group stay")
                        .given(world -> world.change(proposed(world)))
                        .with("site", "{site}")
                        .with("group", "default-1")
                        .shows("site={site}", "group=default-1", "backend={b1}")
                        .then(world -> assertThat(world.group("{site}", "default-1"))
                                .get()
                                .matches(group -> !group.isMoving())),
                CommandCase.of("cluster group update")
                        .with("site", "{site}")
                        .with("group", "default-1")
                        .with("stickyBackend", "yes")
                        .shows("sticky-backend=yes", "sticky-users=no")
                        .then(world -> assertThat(world.group("{site}", "default-1")
                                        .orElseThrow()
                                        .stickyBackend())
                                .isTrue()),
                CommandCase.of("cluster group update")
                        .with("site", "{site}")
                        .with("group", "default-1")
                        .with("stickyUsers", "yes")
                        .shows("sticky-backend=no", "sticky-users=yes")
                        .then(world -> assertThat(world.group("{site}", "default-1")
                                        .orElseThrow()
                                        .stickyUsers())
                                .isTrue()));
    }

    /** The first group moves to the other backend. */
    static UserGroup proposed(CommandWorld world) {
        BackendId to = world.backend("{b2}").orElseThrow().id();
        return GroupSteps.proposed(
                world.group("{site}", "default-1").orElseThrow(),
                GroupMove.proposed(MoveId.random(), to, false, "test", Instant.now()));
    }
}
