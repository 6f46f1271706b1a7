package org.pombal.demo.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A doveconf for a Dovecot that is confined to a folder: it prints paths as they are called outside. */
final class DoveconfScript {

    private DoveconfScript() {}

    /**
     * Writes it beside the configuration.
     *
     * @param folder of the Dovecot, as itself sees it; no spaces
     * @param file the configuration in that folder
     */
    static Path write(DovecotInstallation installation, Path folder, String file) {
        Path outside = installation.onHost(folder);
        Path script = outside.resolve("doveconf-" + file);
        String command = String.join(
                " ", installation.command("doveconf", "-c", folder.resolve(file).toString()));
        try {
            Files.writeString(script, """
                    #!/bin/sh
                    printed=$(%s "$@")
                    code=$?
                    printf '%%s\\n' "$printed" | sed 's| %s/| %s/|'
                    exit $code
                    """.formatted(command, folder, outside));
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + script, e);
        }
    }
}
