package org.pombal.chaos.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pombal.demo.server.Commands;

/** One file system with all mail, which every backend sees at a place of its own. */
final class SharedMail {

    /** Whose it is: numbers of {@link org.pombal.dovecot.config.StandaloneConfig}. */
    private static final String OPTIONS = "mode=0700,uid=5000,gid=5000";

    private static final String MAIL = "mail";

    private SharedMail() {}

    /** Mounts it. */
    static void mount(Path folder, List<Path> backends) {
        try {
            Path mail = Files.createDirectory(folder.resolve(MAIL));
            Commands.run(List.of("mount", "-t", "tmpfs", "-o", OPTIONS, "tmpfs", mail.toString()));
            for (Path backend : backends) {
                Path seen = Files.createDirectories(seenFrom(backend));
                Commands.run(List.of("mount", "--bind", mail.toString(), seen.toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare the mail storage in " + folder, e);
        }
    }

    /** Where the backend with this folder sees it. */
    static Path seenFrom(Path backend) {
        return backend.resolve(MAIL);
    }
}
