package org.pombal.node.guardian;

import java.io.FileNotFoundException;
import java.nio.file.Path;

/** Says why one of the guardian's sockets could not be connected to, and what to do. */
final class Unreachable {

    private Unreachable() {}

    static String reason(Path socket, Throwable cause) {
        if (cause instanceof FileNotFoundException) {
            return "there is no guardian's socket " + socket + ": is pombal-guardian running, with this path?";
        }
        String message = String.valueOf(cause.getMessage());
        if (message.contains("Permission denied")) {
            return "no permission to connect to the guardian's socket " + socket
                    + ": the user of this process must be in the group that pombal-guardian has as --group";
        }
        return "cannot connect to the guardian's socket " + socket + ": " + message;
    }
}
