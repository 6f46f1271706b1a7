package org.pombal.node.check;

import static org.pombal.node.check.Finding.Subject.SOCKETS;

import java.util.stream.Stream;

/** Whether a node listens where Dovecot's processes ask, and Dovecot where the node asks. */
final class SocketCheck {

    private SocketCheck() {}

    static Stream<Finding> look(SocketFacts facts) {
        return Stream.of(
                        facts.ours().stream().flatMap(SocketCheck::ofNode),
                        facts.dovecots().stream()
                                .map(path -> Finding.error(
                                        SOCKETS, "there is no " + path + ", the node asks there; start Dovecot")),
                        facts.stale().stream()
                                .map(
                                        path -> Finding.error(
                                                SOCKETS,
                                                "there is a socket " + path
                                                        + ", which keeps Dovecot from starting again; stop who"
                                                        + " listens there and remove it: Pombal's own is in the folder pombal")))
                .flatMap(found -> found);
    }

    private static Stream<Finding> ofNode(SocketFacts.Ours socket) {
        return switch (socket.state()) {
            case LISTENING -> Stream.empty();
            case MISSING ->
                Stream.of(Finding.error(
                        SOCKETS, "there is no " + socket.path() + "; start 'pombal node', its log says more"));
            case NOBODY_LISTENS ->
                Stream.of(Finding.error(
                        SOCKETS, "nobody listens on " + socket.path() + ", the node has ended; start 'pombal node'"));
            case TOO_LONG ->
                Stream.of(Finding.error(
                        SOCKETS,
                        "the path " + socket.path() + " is too long for a socket; give Dovecot a shorter base_dir"));
            case NOT_ALLOWED ->
                Stream.of(Finding.note(
                        SOCKETS, "cannot tell who listens on " + socket.path() + ": not allowed; run this as root"));
        };
    }
}
