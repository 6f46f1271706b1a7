package org.pombal.demo.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pombal.dovecot.config.DovecotVersion;

/** Dovecot's programs: those of this machine, or those in a folder that holds another Debian. */
public final class DovecotInstallation {

    private static final Path PROGRAM = Path.of("/usr/sbin/dovecot");

    private final Path root;

    private DovecotInstallation(Path root) {
        this.root = root;
    }

    /** @throws IllegalStateException saying what to install */
    public static DovecotInstallation ofThisMachine() {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IllegalStateException("Dovecot is not installed: there is no " + PROGRAM
                    + ". On Debian: sudo apt-get install --no-install-recommends dovecot-core dovecot-imapd dovecot-pop3d"
                    + " dovecot-lmtpd dovecot-submissiond dovecot-managesieved dovecot-sieve");
        }
        return new DovecotInstallation(Path.of("/"));
    }

    /** @throws IllegalStateException if there is no Dovecot in the folder */
    public static DovecotInstallation inFolder(Path root) {
        requireNonNull(root, "root is null");
        Path absolute = root.toAbsolutePath().normalize();
        if (!Files.isExecutable(absolute.resolve(PROGRAM.toString().substring(1)))) {
            throw new IllegalStateException(
                    "there is no Debian with Dovecot in " + root + "; script/setup makes one in its cache folder");
        }
        return new DovecotInstallation(absolute);
    }

    /** The folder that the programs see as {@code /}. */
    public Path root() {
        return root;
    }

    /** What a path on this machine is called inside. */
    public Path inside(Path onHost) {
        Path absolute = onHost.toAbsolutePath().normalize();
        if (!absolute.startsWith(root)) {
            throw new IllegalArgumentException(
                    onHost + " is not below " + root + ", where Dovecot would have to find it");
        }
        return Path.of("/").resolve(root.relativize(absolute));
    }

    /** What a path inside is called on this machine. */
    public Path onHost(Path inside) {
        return root.resolve(Path.of("/").relativize(inside));
    }

    /** A command line that runs one of the programs. */
    public List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (!root.equals(Path.of("/"))) {
            command.addAll(List.of("chroot", root.toString()));
        }
        command.add(program);
        command.addAll(List.of(arguments));
        return command;
    }

    public DovecotVersion version() {
        return DovecotVersion.parse(release());
    }

    /** The exact version, as Dovecot says it itself. */
    public String release() {
        return Commands.run(command("dovecot", "--version")).strip();
    }

    /** Numeric id of a user that Dovecot's package made. */
    int userId(String name) {
        Path passwd = root.resolve("etc/passwd");
        try {
            Matcher entry = Pattern.compile("^" + Pattern.quote(name) + ":[^:]*:(\\d+):", Pattern.MULTILINE)
                    .matcher(Files.readString(passwd, UTF_8));
            if (!entry.find()) {
                throw new IllegalStateException("there is no user " + name + " in " + passwd);
            }
            return Integer.parseInt(entry.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + passwd, e);
        }
    }
}
