package org.pombal.node.guardian;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Tells one run of the machine's kernel from all others: the id that it takes by chance when it starts (random(4)). */
public record BootId(UUID value) {

    private static final Path FILE = Path.of("/proc/sys/kernel/random/boot_id");

    public BootId {
        requireNonNull(value, "value is null");
    }

    /** @throws IOException if the kernel does not tell it */
    public static BootId ofThisMachine() throws IOException {
        String text = Files.readString(FILE).strip();
        try {
            return new BootId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw new IOException(FILE + " says '" + text + "', which is not a UUID", e);
        }
    }

    /** The UUID's text. */
    @Override
    public String toString() {
        return value.toString();
    }
}
