package org.pombal.node.relay;

import org.jspecify.annotations.Nullable;

/** The users of one {@code LIST} whose verdict is being looked up. The end of the list waits for them. */
final class Listing {

    /** Above this auth is not read until half of them are decided. */
    static final int MAX_UNDECIDED = 256;

    private int undecided;
    private byte @Nullable [] heldEnd;

    void begin() {
        undecided++;
    }

    void decided() {
        undecided--;
    }

    boolean isCrowded() {
        return undecided >= MAX_UNDECIDED;
    }

    boolean hasRoom() {
        return undecided <= MAX_UNDECIDED / 2;
    }

    boolean isDecided() {
        return undecided == 0;
    }

    /** Keeps the line that ends the list, newline included. */
    void holdEnd(byte[] line) {
        heldEnd = line;
    }

    /** The line that ends the list, once all are decided; null before. */
    byte @Nullable [] releasedEnd() {
        return isDecided() ? heldEnd : null;
    }
}
