package org.pombal.demo.server;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a backend's Dovecot is run: by {@code pombal-guardian}, once its node has the lease.
 *
 * @param program the guardian
 * @param folder on tmpfs, for its file and sockets
 */
public record Guardian(Path program, Path folder) {

    /** How long processes may outlive Dovecot's own, in milliseconds; those of a site that is being stopped need no more. */
    private static final String LINGER = "1000";

    public Guardian {
        requireNonNull(program, "program is null");
        requireNonNull(folder, "folder is null");
    }

    /**
     * A command line; the folder is made.
     *
     * @param baseDir Dovecot's, as this machine sees it
     */
    public List<String> command(DovecotInstallation installation, Path baseDir, List<String> dovecot) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the guardian's folder " + folder, e);
        }
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--trust",
                folder.resolve("trust").toString(),
                "--control",
                folder.resolve("control").toString(),
                "--descriptors",
                folder.resolve("descriptors").toString(),
                "--listen",
                baseDir.resolve("login/pombal/cluster") + ",mode=0666",
                "--listen",
                baseDir.resolve("pombal/cluster-userdb") + ",mode=0666",
                "--listen",
                baseDir.resolve("pombal/auth-master") + ",mode=0600",
                "--linger",
                LINGER));
        if (!installation.root().equals(Path.of("/"))) {
            command.addAll(List.of("--program", installation.root() + "/usr/"));
        }
        command.add("--");
        command.addAll(dovecot);
        return command;
    }
}
