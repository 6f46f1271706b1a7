package org.pombal.demo.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.pombal.dovecot.config.DovecotVersion;

/** The Dovecots that tests run: 2.3 of this machine, and 2.4 of a folder with Debian 13. */
public final class Installations {

    private static final String PROPERTY = "pombal.dovecot24.root";

    private Installations() {}

    public static DovecotInstallation of(DovecotVersion version) {
        return switch (version) {
            case V2_3 -> DovecotInstallation.ofThisMachine();
            case V2_4 -> DovecotInstallation.inFolder(debian13());
        };
    }

    /** For tests with parameters. */
    public static Stream<DovecotVersion> versions() {
        return Stream.of(DovecotVersion.values());
    }

    /** Where script/setup puts it, unless the system property says another folder. */
    private static Path debian13() {
        String named = System.getProperty(PROPERTY);
        Path folder = named != null ? Path.of(named) : cache().resolve("debian-13");
        if (!Files.isReadable(folder.resolve(".pombal-complete")) && named == null) {
            throw new IllegalStateException("there is no folder with Debian 13 at " + folder
                    + ": run script/setup, or name one by the system property " + PROPERTY);
        }
        return folder;
    }

    private static Path cache() {
        return Optional.ofNullable(System.getenv("POMBAL_CACHE"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "pombal"));
    }
}
