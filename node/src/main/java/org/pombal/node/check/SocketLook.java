package org.pombal.node.check;

import static org.pombal.node.check.SocketFacts.State.LISTENING;
import static org.pombal.node.check.SocketFacts.State.MISSING;
import static org.pombal.node.check.SocketFacts.State.NOBODY_LISTENS;
import static org.pombal.node.check.SocketFacts.State.NOT_ALLOWED;
import static org.pombal.node.check.SocketFacts.State.TOO_LONG;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.pombal.node.relay.SocketLength;

/** Looks at sockets. A connection to one of the node's is closed at once, without a word. */
final class SocketLook {

    private static final List<String> STALE =
            List.of("cluster", "cluster-userdb", "login/cluster", "login/cluster-userdb");

    private SocketLook() {}

    static SocketFacts look(Path baseDir, boolean backend) {
        Stream<String> ours = Stream.of("login/pombal/cluster", "pombal/cluster-userdb");
        Stream<String> dovecots = Stream.of("login/login", "auth-userdb");
        if (backend) {
            ours = Stream.concat(ours, Stream.of("pombal/auth-master"));
            dovecots = Stream.concat(dovecots, Stream.of("auth-master"));
        }
        return new SocketFacts(
                ours.map(baseDir::resolve)
                        .map(path -> new SocketFacts.Ours(path, state(path)))
                        .toList(),
                dovecots.map(baseDir::resolve)
                        .filter(path -> !Files.exists(path))
                        .toList(),
                STALE.stream().map(baseDir::resolve).filter(Files::exists).toList());
    }

    private static SocketFacts.State state(Path path) {
        if (SocketLength.problem(path).isPresent()) {
            return TOO_LONG;
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(path)) ? LISTENING : NOBODY_LISTENS;
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("Permission denied")) {
                return NOT_ALLOWED;
            }
            return Files.exists(path) ? NOBODY_LISTENS : MISSING;
        }
    }
}
