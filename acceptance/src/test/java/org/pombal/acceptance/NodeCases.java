package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.stream.Stream;

/** Commands about what one node remembers, and about proxies. */
final class NodeCases {

    private NodeCases() {}

    static Stream<CommandCase> all() {
        return Stream.of(
                CommandCase.of("cluster geodb refresh"),
                CommandCase.of("cluster geodb refresh").atBackend(),
                CommandCase.of("cluster localdb user list")
                        .given(NodeCases::isRemembered)
                        .with("mask", "{labuser}")
                        .shows("user={labuser}", "site={lab}", "group={labgroup}"),
                CommandCase.of("cluster localdb user status")
                        .given(NodeCases::isRemembered)
                        .with("user", "{labuser}")
                        .shows("user={labuser}", "site={lab}", "group={labgroup}"),
                CommandCase.of("cluster localdb user remove")
                        .given(NodeCases::isRemembered)
                        .with("user", "{labuser}")
                        .shows("user={labuser}")
                        .then(world -> assertThat(remembered(world)).contains("remembers no user")),
                CommandCase.of("cluster localdb group list")
                        .given(NodeCases::isRemembered)
                        .with("site", "{lab}")
                        .with("mask", "{labgroup}")
                        .shows("site={lab}", "group={labgroup}", "backend={labbackend}"),
                CommandCase.of("cluster localdb group status")
                        .given(NodeCases::isRemembered)
                        .with("site", "{lab}")
                        .with("group", "{labgroup}")
                        .shows("site={lab}", "group={labgroup}", "backend={labbackend}"),
                CommandCase.of("cluster localdb group remove")
                        .given(NodeCases::isRemembered)
                        .with("site", "{lab}")
                        .with("group", "{labgroup}")
                        .shows("site={lab}", "group={labgroup}")
                        .then(world -> {
                            String user = world.fill("{labuser}");
                            // Asked of GeoDB again.
                            world.lab().awaitServed(1, user);
                        }),
                CommandCase.of("cluster localdb user list").atBackend().fails(65, "has no LocalDB"),
                CommandCase.of("cluster localdb group list").atBackend().fails(65, "has no LocalDB"));
    }

    static Stream<CommandCase> proxies() {
        return Stream.of(
                CommandCase.of("cluster proxy list")
                        .shows("proxy={p1}", "site={site}", "stale=no", "rows=2", "destinations={b1}, {other}"),
                CommandCase.of("cluster proxy list")
                        .with("site", "{site}")
                        .shows("proxy={p2}", "stale=yes", "lag=300", "dovecot=2.4.1", "rows=1", "destinations={b2}"),
                CommandCase.of("cluster proxy list")
                        .given(NodeCases::hasPublished)
                        .with("site", "{lab}")
                        .shows("proxy=proxy1.test", "stale=no", "destinations={labbackend}"),
                CommandCase.of("cluster proxy remove")
                        .with("proxy", "{p2}")
                        .shows("proxy={p2}", "site={site}", "rows=1")
                        .then(world -> assertThat(world.proxies()).containsExactly("{p1}")),
                CommandCase.of("cluster proxy remove")
                        .with("site", "{site}")
                        .with("proxy", "{p2}")
                        .shows("proxy={p2}", "rows=1")
                        .then(world -> assertThat(world.proxies()).containsExactly("{p1}")),
                CommandCase.of("cluster proxy remove")
                        .with("proxy", "{p1}")
                        .with("force")
                        .shows("proxy={p1}", "rows=2")
                        .then(world -> assertThat(world.proxies()).containsExactly("{p2}")));
    }

    /** The proxy of the lab, with which a user was served. */
    private static void hasPublished(CommandWorld world) {
        world.lab().awaitServed(1, world.fill("{labuser}"));
        await().until(() -> world.hasStatistics("{lab}", "proxy1.test"));
    }

    private static void isRemembered(CommandWorld world) {
        world.lab().awaitServed(1, world.fill("{labuser}"));
        await().until(() -> !remembered(world).contains("error"));
    }

    private static String remembered(CommandWorld world) {
        Path socket = world.lab().site().node(1).doveadmSocket();
        return CommandSender.post(
                socket, "[[\"clusterLocaldbUserStatus\",{\"user\":\"" + world.fill("{labuser}") + "\"},\"t\"]]");
    }
}
