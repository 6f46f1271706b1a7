package org.pombal.node.ownership;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.pombal.model.site.SiteId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Under which term of the site this machine serves users, kept in a file for the next process of this node: sessions outlive the node. It
 * counts only for the boot in which it was written.
 */
final class KeptTerm {

    private static final Logger log = LoggerFactory.getLogger(KeptTerm.class);

    private final Path file;
    private final String bootId;
    private long written = -1;

    /** @param bootId the machine's, as in {@code /proc/sys/kernel/random/boot_id} */
    KeptTerm(Path file, String bootId) {
        this.file = requireNonNull(file, "file is null");
        this.bootId = requireNonNull(bootId, "bootId is null");
    }

    /** What an earlier process of this boot served under; the first term, if that is not known: sessions of it may live on. */
    OptionalLong find(SiteId site) {
        try {
            String[] words = Files.readString(file, UTF_8).strip().split(" ", -1);
            return words.length == 3 && words[0].equals(bootId) && words[1].equals(site.toString())
                    ? OptionalLong.of(Long.parseLong(words[2]))
                    : OptionalLong.of(0);
        } catch (NoSuchFileException e) {
            return OptionalLong.of(0);
        } catch (IOException | NumberFormatException e) {
            log.warn("cannot read {}: under which term users were served is not known: {}", file, e.toString());
            return OptionalLong.of(0);
        }
    }

    /** To be called before anybody is served under the term. */
    void keep(SiteId site, long term) throws IOException {
        if (term != written) {
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(next, bootId + ' ' + site + ' ' + term + '\n', UTF_8);
            Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
            written = term;
        }
    }
}
