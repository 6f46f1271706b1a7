package org.pombal.acceptance;

import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.site.TagId;

/** Calls that are wrong, or not possible as things are. Nothing may be changed by them. */
final class RefusedCases {

    private static final String INVALID = "invalidRequest";

    private RefusedCases() {}

    static Stream<CommandCase> all() {
        return Stream.of(wrong(), unknown(), taken(), inUse(), here()).flatMap(cases -> cases);
    }

    private static Stream<CommandCase> wrong() {
        return Stream.of(
                CommandCase.of("cluster nothing").isRefused("unknownMethod", "there is no command '"),
                CommandCase.of("cluster backend list").with("nosuch", "x").isRefused(INVALID, "nosuch"),
                CommandCase.of("cluster backend update")
                        .with("host", "{b1}")
                        .with("loadFactor", "101")
                        .isRefused(INVALID, "'101'; it must be a whole number from 0 to 100"),
                CommandCase.of("cluster backend update")
                        .with("host", "{b1}")
                        .with("loadFactor", "half")
                        .isRefused(INVALID, "'half'"),
                CommandCase.of("cluster backend update")
                        .with("host", "{b1}")
                        .with("status", "up")
                        .isRefused(INVALID, "'up'; it must be one of online, offline, standby"),
                CommandCase.of("cluster backend update").with("host", "{b1}").isRefused(INVALID, "at least one of"),
                CommandCase.of("cluster backend add")
                        .with("site", "{site}")
                        .isRefused(INVALID, "give one of self, host"),
                CommandCase.of("cluster backend add")
                        .with("self")
                        .with("host", "{new}")
                        .isRefused(INVALID, "exclude one another"),
                CommandCase.of("cluster backend add")
                        .with("site", "{site}")
                        .with("host", "192.0.2.1")
                        .isRefused(INVALID, "a host name, not an IP address"),
                CommandCase.of("cluster backend add")
                        .with("site", "{site}")
                        .with("id", "1-2")
                        .with("host", "{new}")
                        .isRefused(INVALID, "must be a UUID"),
                CommandCase.of("cluster group move")
                        .with("site", "{site}")
                        .with("group", "default-1")
                        .isRefused(INVALID, "host is missing"),
                CommandCase.of("cluster group list").with("mask", "").isRefused(INVALID, "mask"),
                CommandCase.of("cluster user list").with("mask", "a\u0007*").isRefused(INVALID, "mask"),
                CommandCase.of("cluster group update")
                        .with("site", "{site}")
                        .with("group", "default-1")
                        .with("stickyUsers", "perhaps")
                        .isRefused(INVALID, "'perhaps'"),
                CommandCase.of("cluster kick").with("user", "a\nb").isRefused(INVALID, "user is"),
                CommandCase.of("cluster proxy remove")
                        .with("proxy", "192.0.2.1")
                        .isRefused(INVALID, "a host name, not an IP address"),
                CommandCase.of("cluster site init")
                        .with("name", "{site}")
                        .with("update")
                        .isRefused(INVALID, "needs"),
                CommandCase.of("cluster user access")
                        .with("user", "{user}")
                        .with("allUsers")
                        .isRefused(INVALID, "exclude one another"),
                CommandCase.of("cluster user access")
                        .with("user", "{user}")
                        .with("socketPath", "/x")
                        .isRefused(INVALID, "socket-path"));
    }

    private static Stream<CommandCase> unknown() {
        return Stream.of(
                CommandCase.of("cluster backend list").with("site", "nowhere").fails(68, "no site 'nowhere'"),
                CommandCase.of("cluster site status").with("name", "nowhere").fails(68, "no site 'nowhere'"),
                CommandCase.of("cluster backend status")
                        .with("host", "nobody.test")
                        .fails(68, "no backend 'nobody.test'"),
                CommandCase.of("cluster group status")
                        .with("site", "{site}")
                        .with("group", "default-77")
                        .fails(68, "no group 'default-77'"),
                CommandCase.of("cluster user status").with("user", "nobody").fails(67, "no user 'nobody'"),
                CommandCase.of("cluster user delete").with("user", "nobody").fails(67, "no user 'nobody'"),
                CommandCase.of("cluster user access").with("user", "nobody").fails(67, "no user 'nobody'"),
                CommandCase.of("cluster kick").with("user", "nobody").fails(67, "no user 'nobody'"),
                CommandCase.of("cluster user move")
                        .with("user", "{user}")
                        .with("group", "default-77")
                        .fails(68, "default-77"),
                CommandCase.of("cluster user move")
                        .with("user", "{user}")
                        .with("group", "default-1")
                        .with("tag", "nosuch")
                        .fails(68, "no tag 'nosuch'"),
                CommandCase.of("cluster site failover stop")
                        .with("name", "{site}")
                        .fails(65, "there is nothing to stop"),
                CommandCase.of("cluster site failover update")
                        .with("name", "{site}")
                        .with("pause", "yes")
                        .fails(65, "is in no failover"),
                CommandCase.of("cluster site force-move stop")
                        .with("name", "{site}")
                        .fails(65, "has no forced move"),
                CommandCase.of("cluster site recover")
                        .with("name", "{site}")
                        .with("percentage", "10")
                        .fails(65, "no users to come home"),
                CommandCase.of("cluster backend force-move start")
                        .with("host", "{b1}")
                        .with("percentage", "10")
                        .with("destHost", "{c1}")
                        .fails(65, "is of another site"),
                CommandCase.of("cluster site reachability list")
                        .with("srcSite", "nowhere")
                        .fails(68, "no site 'nowhere'"),
                CommandCase.of("cluster tag delete").with("id", "nosuch").fails(68, "no tag 'nosuch'"),
                CommandCase.of("cluster proxy list").with("site", "nowhere").fails(68, "no site 'nowhere'"),
                CommandCase.of("cluster proxy remove")
                        .with("proxy", "p9.example.org")
                        .fails(68, "no proxy 'p9.example.org'"),
                CommandCase.of("cluster proxy remove")
                        .with("site", "{other}")
                        .with("proxy", "{p2}")
                        .fails(68, "no proxy '{p2}'"),
                CommandCase.of("cluster site add")
                        .with("name", "{fresh}")
                        .with("tag", "nosuch")
                        .fails(68, "no tag 'nosuch'"),
                CommandCase.of("cluster localdb user status")
                        .with("user", "nobody")
                        .fails(67, "no user 'nobody'"),
                CommandCase.of("cluster user access")
                        .with("allUsers")
                        .with("socketPath", "/nonexistent/userdb")
                        .fails(75, "/nonexistent/userdb"));
    }

    private static Stream<CommandCase> taken() {
        return Stream.of(
                CommandCase.of("cluster site add").with("name", "{site}").fails(65, "already"),
                CommandCase.of("cluster tag create").with("name", "{tag}").fails(65, "already"),
                CommandCase.of("cluster backend add")
                        .with("site", "{other}")
                        .with("host", "{b1}")
                        .fails(65, "already"),
                CommandCase.of("cluster site update")
                        .with("name", "{site}")
                        .with("newName", "{other}")
                        .fails(65, "{other}"),
                CommandCase.of("cluster backend add")
                        .with("site", "{site}")
                        .with("host", "no-such-host.invalid")
                        .fails(65, "does not resolve"));
    }

    private static Stream<CommandCase> inUse() {
        return Stream.of(
                CommandCase.of("cluster backend remove").with("host", "{b1}").fails(65, "default-1"),
                CommandCase.of("cluster site remove").with("name", "{site}").fails(65, "backend"),
                CommandCase.of("cluster proxy remove").with("proxy", "{p1}").fails(65, "it runs. Stop its node"),
                CommandCase.of("cluster tag delete")
                        .given(world -> world.changeSite(
                                "{site}",
                                site -> site.withTag(Optional.of(new TagId(UUID.fromString(world.fill("{tagid}")))))))
                        .with("id", "{tag}")
                        .fails(65, "{site}"),
                CommandCase.of("cluster group move")
                        .with("site", "{site}")
                        .with("group", "default-1")
                        .with("host", "{b1}")
                        .fails(65, "already"),
                CommandCase.of("cluster group move")
                        .with("site", "{site}")
                        .with("group", "default-1")
                        .with("host", "{c1}")
                        .fails(65, "is not of site '{site}'"),
                CommandCase.of("cluster group move")
                        .given(world -> world.change("{b2}", row -> row.withStatus(BackendStatus.OFFLINE)))
                        .with("site", "{site}")
                        .with("group", "default-1")
                        .with("host", "{b2}")
                        .fails(65, "is offline"),
                CommandCase.of("cluster group stay")
                        .with("site", "{site}")
                        .with("group", "default-1")
                        .fails(65, "does not move"),
                CommandCase.of("cluster group stay")
                        .given(world -> {
                            world.change(GroupCases.proposed(world));
                            world.change(GroupSteps.handedOver(
                                    world.group("{site}", "default-1").orElseThrow(), 1));
                        })
                        .with("site", "{site}")
                        .with("group", "default-1")
                        .fails(65, "is being handed over, and there is no way back"),
                CommandCase.of("cluster backend evacuate").with("host", "{c1}").fails(65, "nowhere to go"));
    }

    private static Stream<CommandCase> here() {
        return Stream.of(
                CommandCase.of("cluster backend status").with("self").fails(78, "cluster_backend_name"),
                CommandCase.of("cluster backend add").with("self").fails(78, "cluster_backend_name"));
    }
}
