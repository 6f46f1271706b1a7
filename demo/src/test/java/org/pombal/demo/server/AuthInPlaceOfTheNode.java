package org.pombal.demo.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Lets a proxy's Dovecot work without a node: where it looks for the node's sockets it finds links to those of auth.
 * Users then go where their passdb entry says.
 */
final class AuthInPlaceOfTheNode {

    private AuthInPlaceOfTheNode() {}

    /** Links are relative, because login processes are confined to the folder {@code login}. */
    static void link(DovecotServer proxy) {
        try {
            Path login = folder(proxy.baseDir().resolve("login/pombal"));
            Files.createSymbolicLink(login.resolve("cluster"), Path.of("../login"));
            Path base = folder(proxy.baseDir().resolve("pombal"));
            Files.createSymbolicLink(base.resolve("cluster-userdb"), Path.of("../auth-userdb"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder(Path path) throws IOException {
        return Files.createDirectory(
                path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
}
