package org.pombal.node.guardian;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/** The folder where node and guardian meet, on tmpfs; the names in it are those of the manual's example. */
public record GuardianFolder(Path path) {

    /** The version of the layouts that this node knows. */
    public static final int PROTOCOL_VERSION = 1;

    public GuardianFolder {
        requireNonNull(path, "path is null");
    }

    /** What the guardian was given as {@code --trust}. */
    public Path trust() {
        return path.resolve("trust");
    }

    /** What the guardian was given as {@code --control}. */
    public Path control() {
        return path.resolve("control");
    }

    /** What the guardian was given as {@code --descriptors}. */
    public Path descriptors() {
        return path.resolve("descriptors");
    }
}
