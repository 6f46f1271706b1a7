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
import org.pombal.model.backend.BackendId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The incarnation of the backend's lease that this machine holds, kept in a file for the next process of this node. It counts only for the
 * boot in which it was written: after another one none of the sessions of that time is left.
 */
final class HeldIncarnation {

    private static final Logger log = LoggerFactory.getLogger(HeldIncarnation.class);

    private final Path file;
    private final String bootId;
    private long written;

    /** @param bootId the machine's, as in {@code /proc/sys/kernel/random/boot_id} */
    HeldIncarnation(Path file, String bootId) {
        this.file = requireNonNull(file, "file is null");
        this.bootId = requireNonNull(bootId, "bootId is null");
    }

    /** What an earlier process of this boot held for the backend; empty if there was none, or it cannot be read. */
    OptionalLong find(BackendId backend) {
        try {
            String[] words = Files.readString(file, UTF_8).strip().split(" ", -1);
            return words.length == 3 && words[0].equals(bootId) && words[1].equals(backend.toString())
                    ? OptionalLong.of(Long.parseLong(words[2]))
                    : OptionalLong.empty();
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            log.warn("cannot read {}: what an earlier process held is not known: {}", file, e.toString());
            return OptionalLong.empty();
        }
    }

    /** To be called before anybody is served under the incarnation. */
    void keep(BackendId backend, long incarnation) throws IOException {
        if (incarnation != written) {
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(next, bootId + ' ' + backend + ' ' + incarnation + '\n', UTF_8);
            Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
            written = incarnation;
        }
    }
}
