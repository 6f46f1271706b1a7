package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.UUID;
import java.util.stream.Stream;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.group.UserGroup;

/** {@code cluster backend ...}; with {@code --self} it is the second backend of the lab, on which no user is. */
final class BackendCases {

    private BackendCases() {}

    static Stream<CommandCase> all() {
        return Stream.of(
                CommandCase.of("cluster backend add")
                        .with("site", "{site}")
                        .with("host", "{new}")
                        .shows("host={new}", "site={site}", "status=standby", "load-factor=100")
                        .then(world -> assertThat(world.backend("{new}").orElseThrow())
                                .extracting(Backend::status, Backend::loadFactor, Backend::site)
                                .containsExactly(
                                        BackendStatus.STANDBY,
                                        LoadFactor.FULL,
                                        world.site("{site}").orElseThrow().id())),
                CommandCase.of("cluster backend add")
                        .with("site", "{site}")
                        .with("id", "{id}")
                        .with("host", "{new}")
                        .shows("id={id}")
                        .then(world -> assertThat(
                                        world.backend("{new}").orElseThrow().id())
                                .isEqualTo(new BackendId(UUID.fromString(world.fill("{id}"))))),
                CommandCase.of("cluster backend add")
                        .atBackend()
                        .given(world -> world.retire("{self}"))
                        .with("self")
                        .with("id", "{selfid}")
                        .shows("host={self}", "site={lab}", "status=standby", "id={selfid}")
                        .then(world -> assertThat(world.backend("{self}")).isPresent()),
                CommandCase.of("cluster backend evacuate")
                        .with("host", "{b1}")
                        .shows("site={site}", "group=default-1", "from={b1}", "to={b2}")
                        .then(BackendCases::isBeingEmptied),
                CommandCase.of("cluster backend evacuate")
                        .with("host", "{b1}")
                        .with("dryRun")
                        .shows("group=default-1", "from={b1}", "to={b2}", "move-id=")
                        .then(world -> {
                            assertThat(world.group("{site}", "default-1")
                                            .orElseThrow()
                                            .isMoving())
                                    .isFalse();
                            assertThat(world.backend("{b1}").orElseThrow().status())
                                    .isEqualTo(BackendStatus.ONLINE);
                        }),
                CommandCase.of("cluster backend evacuate")
                        .with("host", "{b1}")
                        .with("wait")
                        .meanwhile(world -> {
                            await().until(() -> world.group("{site}", "default-1")
                                    .orElseThrow()
                                    .isMoving());
                            world.finishMoves("{site}");
                        })
                        .shows("group=default-1")
                        .then(world -> assertThat(world.headedFor("{site}", "default-1"))
                                .contains("{b2}")),
                CommandCase.of("cluster backend evacuate")
                        .atBackend()
                        .given(BackendCases::selfIsOnline)
                        .with("self")
                        .then(world -> assertThat(world.backend("{self}").orElseThrow())
                                .extracting(Backend::status, Backend::loadFactor)
                                .containsExactly(BackendStatus.STANDBY, LoadFactor.DRAIN)),
                CommandCase.of("cluster backend list").shows("host={b1}", "site={site}", "status=online"),
                CommandCase.of("cluster backend list").with("site", "{other}").shows("host={c1}"),
                CommandCase.of("cluster backend remove")
                        .given(world -> world.finishMoves("{site}"))
                        .with("host", "{b1}")
                        .with("force")
                        .shows("host={b1}", "site={site}")
                        .then(world -> assertThat(world.backend("{b1}")).isEmpty()),
                CommandCase.of("cluster backend remove")
                        .atBackend()
                        .given(BackendCases::selfIsOnline)
                        .with("self")
                        .with("force")
                        .shows("host={self}", "id={selfid}")
                        .then(world -> assertThat(world.backend("{self}")).isEmpty()),
                CommandCase.of("cluster backend status")
                        .with("host", "{b1}")
                        .shows("host={b1}", "groups=1", "groups-moving-in=0", "share=50.0", "owner-lease=none"),
                CommandCase.of("cluster backend status")
                        .atBackend()
                        .given(BackendCases::selfIsOnline)
                        .with("self")
                        .shows("host={self}", "status=online", "id={selfid}"),
                CommandCase.of("cluster backend update")
                        .with("host", "{b1}")
                        .with("status", "offline")
                        .with("loadFactor", "50")
                        .shows("status=offline", "load-factor=50")
                        .then(world -> assertThat(world.backend("{b1}").orElseThrow())
                                .extracting(Backend::status, Backend::loadFactor)
                                .containsExactly(BackendStatus.OFFLINE, new LoadFactor(50))),
                CommandCase.of("cluster backend update")
                        .atBackend()
                        .given(BackendCases::selfIsOnline)
                        .with("self")
                        .with("loadFactor", "0")
                        .shows("host={self}", "load-factor=0")
                        .then(world -> assertThat(
                                        world.backend("{self}").orElseThrow().loadFactor())
                                .isEqualTo(LoadFactor.DRAIN)));
    }

    private static void isBeingEmptied(CommandWorld world) {
        assertThat(world.backend("{b1}").orElseThrow())
                .extracting(Backend::status, Backend::loadFactor)
                .containsExactly(BackendStatus.STANDBY, LoadFactor.DRAIN);
        assertThat(world.group("{site}", "default-1")).get().matches(UserGroup::isMoving);
        assertThat(world.headedFor("{site}", "default-1")).contains("{b2}");
        assertThat(world.group("{site}", "default-2")).get().matches(group -> !group.isMoving());
    }

    /** As it was when the lab was started, whatever a case before has done to it. */
    static void selfIsOnline(CommandWorld world) {
        if (world.backend("{self}").isEmpty()) {
            world.row(world.geoDb()
                    .backends()
                    .create(Backend.added(
                            new BackendId(UUID.fromString(world.fill("{selfid}"))),
                            world.site("{lab}").orElseThrow().id(),
                            new HostName(world.fill("{self}")))));
        }
        world.change("{self}", row -> row.withStatus(BackendStatus.ONLINE).withLoadFactor(LoadFactor.FULL));
        world.withdrawMoves("{lab}");
    }
}
