package org.pombal.acceptance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.pombal.demo.mail.ImapClient;
import org.pombal.demo.mail.MailException;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.site.TagId;
import org.pombal.model.user.UserKey;

/** {@code cluster user ...} and {@code cluster kick}. */
final class UserCases {

    private UserCases() {}

    static Stream<CommandCase> all() {
        return Stream.of(access(), changes(), stay(), kick()).flatMap(cases -> cases);
    }

    private static Stream<CommandCase> access() {
        return Stream.of(
                CommandCase.of("cluster user access")
                        .with("user", "{labuser}")
                        .shows("user={labuser}", "backend={labbackend}"),
                CommandCase.of("cluster user access")
                        .with("user", "{labuser}")
                        .with("ip")
                        .shows("user={labuser}", "backend={labip}"),
                CommandCase.of("cluster user access")
                        .with("userFile", "{labuser}\n{user}\n")
                        .shows("user={user}", "backend={b1}"),
                CommandCase.of("cluster user access")
                        .with("allUsers")
                        .shows("user={labuser}", "backend={labbackend}")
                        .fails(67, "no user"),
                CommandCase.of("cluster user access")
                        .with("allUsers")
                        .with("socketPath", "{userdb}")
                        .shows("user={labuser}", "backend={labbackend}")
                        .fails(67, "no user"),
                CommandCase.of("cluster user access")
                        .with("userFile", "{user}\nnobody\n{labuser}\n")
                        .shows("user={labuser}", "backend={labbackend}")
                        .fails(67, "no user 'nobody'"));
    }

    private static Stream<CommandCase> changes() {
        return Stream.of(
                CommandCase.of("cluster user delete")
                        .with("user", "{user}")
                        .shows("user={user}")
                        .then(world -> assertThat(world.user("{user}")).isEmpty()),
                CommandCase.of("cluster user list")
                        .with("mask", "*@example.org")
                        .shows("user={user}", "site={site}", "group=default-1"),
                CommandCase.of("cluster user list")
                        .with("mask", "*")
                        .with("site", "{site}")
                        .with("group", "default-1")
                        .shows("user={user}", "site={site}", "group=default-1"),
                CommandCase.of("cluster user move")
                        .with("user", "{user}")
                        .with("group", "default-2")
                        .shows("user={user}", "from={site}/default-1", "to={site}/default-2")
                        .then(world -> assertThat(homeOf(world)).isEqualTo(groupOf(world, "{site}", "default-2"))),
                CommandCase.of("cluster user move")
                        .with("user", "{user}")
                        .with("group", "default-1")
                        .with("site", "{other}")
                        .with("failoverGroup", "default-2")
                        .shows("from={site}/default-1", "to={other}/default-1")
                        .then(world -> assertThat(world.user("{user}").orElseThrow())
                                .extracting(User::home, User::failover)
                                .containsExactly(
                                        groupOf(world, "{other}", "default-1"),
                                        Optional.of(groupOf(world, "{site}", "default-2")))),
                CommandCase.of("cluster user move")
                        .with("user", "{user}")
                        .with("group", "default-2")
                        .with("wait")
                        .shows("to={site}/default-2")
                        .then(world -> assertThat(homeOf(world)).isEqualTo(groupOf(world, "{site}", "default-2"))),
                CommandCase.of("cluster user move")
                        .given(world -> world.changeSite(
                                "{other}",
                                site -> site.withTag(Optional.of(new TagId(UUID.fromString(world.fill("{tagid}")))))))
                        .with("user", "{user}")
                        .with("group", "default-1")
                        .with("site", "{other}")
                        .with("tag", "{tag}")
                        .shows("to={other}/default-1")
                        .then(world -> assertThat(homeOf(world)).isEqualTo(groupOf(world, "{other}", "default-1"))),
                CommandCase.of("cluster user status")
                        .with("user", "{user}")
                        .shows(
                                "site={site}",
                                "group=default-1",
                                "backend={b1}",
                                "alt-backend={b2}",
                                "moving=no",
                                "geodb={site}/default-1 on {b1}"),
                CommandCase.of("cluster user status")
                        .with("user", "{labuser}")
                        .shows("backend={labbackend}", "localdb={lab}/{labgroup} on {labbackend}"));
    }

    private static Stream<CommandCase> stay() {
        return Stream.of(
                CommandCase.of("cluster user stay")
                        .given(UserCases::leaves)
                        .with("user", "{user}")
                        .with("wait")
                        .shows("user={user}", "group={site}/default-1")
                        .then(world -> {
                            assertThat(world.group("{site}", "default-1")
                                            .orElseThrow()
                                            .leaving())
                                    .isEmpty();
                            assertThat(homeOf(world)).isEqualTo(groupOf(world, "{site}", "default-1"));
                        }),
                CommandCase.of("cluster user stay").with("user", "{user}").fails(65, "is not leaving group"));
    }

    /** As a command leaves it that cannot go on. */
    private static void leaves(CommandWorld world) {
        UserGroup group = world.group("{site}", "default-1").orElseThrow();
        Departure departure = Departure.to(MoveId.random(), groupOf(world, "{site}", "default-2"), Optional.empty());
        world.change(GroupSteps.registered(group, new UserKey(world.fill("{user}")), departure));
    }

    private static Stream<CommandCase> kick() {
        AtomicReference<ImapClient> session = new AtomicReference<>();
        return Stream.of(CommandCase.of("cluster kick")
                .given(world -> session.set(world.lab().session(world.fill("{labuser}"))))
                .with("user", "{labuser}")
                .shows("kicked=1")
                .then(world -> assertThatThrownBy(
                                () -> requireNonNull(session.get()).logout())
                        .isInstanceOf(MailException.class)));
    }

    private static GroupId homeOf(CommandWorld world) {
        return world.user("{user}").orElseThrow().home();
    }

    private static GroupId groupOf(CommandWorld world, String site, String name) {
        return new GroupId(world.site(site).orElseThrow().id(), name);
    }
}
