package org.pombal.node.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.Optional;

/** How long the path of one of our sockets may be. */
public final class SocketLength {

    /** What Linux takes, in bytes: {@code sun_path} of unix(7), less the zero at its end. */
    private static final int LONGEST_OF_LINUX = 107;

    private SocketLength() {}

    /** What a path that is too long is, and what to do; empty for others. */
    public static Optional<String> problem(Path socket) {
        int length = bytes(socket);
        // A new socket has a longer name until it is put in place.
        int longest = LONGEST_OF_LINUX - (bytes(SocketFile.fresh(socket)) - length);
        return length <= longest
                ? Optional.empty()
                : Optional.of("the path " + socket + " is too long for a socket, it has " + length
                        + " bytes and may have " + longest + "; give Dovecot a shorter base_dir");
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(UTF_8).length;
    }
}
