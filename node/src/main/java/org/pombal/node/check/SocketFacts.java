package org.pombal.node.check;

import java.nio.file.Path;
import java.util.List;

/**
 * What is found below Dovecot's {@code base_dir}.
 *
 * @param ours the node's sockets for this role
 * @param dovecots those of Dovecot behind them that are missing
 * @param stale sockets of ours where they must not be
 */
record SocketFacts(List<Ours> ours, List<Path> dovecots, List<Path> stale) {

    /** What becomes of a connection to a socket. */
    enum State {
        LISTENING,
        MISSING,
        NOBODY_LISTENS,
        NOT_ALLOWED,
        TOO_LONG
    }

    record Ours(Path path, State state) {}

    SocketFacts {
        ours = List.copyOf(ours);
        dovecots = List.copyOf(dovecots);
        stale = List.copyOf(stale);
    }
}
