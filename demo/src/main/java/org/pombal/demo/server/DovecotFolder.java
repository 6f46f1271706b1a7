package org.pombal.demo.server;

import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.pombal.dovecot.config.StandaloneConfig;

/** The folder of a Dovecot of its own: configuration, accounts, mail, log, sockets. */
public final class DovecotFolder {

    private static final int ROOT = 0;

    private final DovecotInstallation installation;
    private final StandaloneConfig config;
    private final Path folder;

    public DovecotFolder(DovecotInstallation installation, StandaloneConfig config) {
        this.installation = requireNonNull(installation, "installation is null");
        this.config = requireNonNull(config, "config is null");
        this.folder = installation.onHost(config.folder());
    }

    /** Writes what Dovecot needs before it starts; returns the folder as this program sees it. Mail there is kept. */
    public Path prepare() {
        try {
            requireRoot();
            createFolder(folder, "rwxr-xr-x", ROOT);
            requireWayIn();
            int auth = installation.userId("dovecot");
            for (Map.Entry<String, String> file : config.files().entrySet()) {
                write(folder.resolve(file.getKey()), file.getValue(), auth);
            }
            createFolder(installation.onHost(config.mail()), "rwx------", config.mailUid());
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + folder + " for Dovecot " + config.name(), e);
        }
    }

    /** A command line that runs this Dovecot in the foreground. */
    public List<String> command() {
        return installation.command(
                "dovecot",
                "-F",
                "-c",
                config.folder().resolve(StandaloneConfig.MAIN_FILE).toString());
    }

    /**
     * A command line that prints its configuration, with paths as another program sees them.
     *
     * @param file the configuration, a file in its folder
     * @param sees what a path of this machine is called where that program runs
     */
    public String doveconf(String file, UnaryOperator<Path> sees) {
        Path inside = config.folder().resolve(file);
        return sees.apply(installation.onHost(inside)).equals(inside)
                ? "doveconf -c " + inside
                : DoveconfScript.write(installation, config.folder(), file).toString();
    }

    private static void requireRoot() throws IOException {
        if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(ROOT)) {
            throw new IllegalStateException(
                    "Dovecot must be started by root, because it runs each of its parts under a user"
                            + " of its own; this program runs as " + System.getProperty("user.name"));
        }
    }

    /** Dovecot's users must be able to enter; JUnit's and Java's own temporary folders are for their owner only. */
    private void requireWayIn() throws IOException {
        for (Path at = folder; at != null && !at.equals(installation.root()); at = at.getParent()) {
            if (!Files.getPosixFilePermissions(at).contains(OTHERS_EXECUTE)) {
                throw new IllegalStateException(
                        "Dovecot's users cannot enter " + at + ": chmod o+x, or use another folder than " + folder);
            }
        }
    }

    private static void createFolder(Path path, String permissions, int owner) throws IOException {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        own(path, owner);
    }

    /** For root and Dovecot's auth only: among the files are passwords. */
    private static void write(Path file, String content, int owner) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        own(file, owner);
        Files.writeString(file, content);
    }

    private static void own(Path path, int id) throws IOException {
        Files.setAttribute(path, "unix:uid", id);
        Files.setAttribute(path, "unix:gid", id);
    }
}
