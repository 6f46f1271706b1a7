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
                CommandCase.of("cluster proxy list"),
                CommandCase.of("cluster proxy list").with("site", "{site}"),
                CommandCase.of("cluster proxy remove")
                        .with("proxy", "p9.example.org")
                        .fails(68, "no proxy 'p9.example.org'"));
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
