package org.pombal.model.group;

import java.util.Arrays;
import java.util.Locale;

/** How far the move of a group has come. */
public enum MovePhase {
    /** Asked for; the owner serves all users, and the move may still be withdrawn. */
    PROPOSED,
    /** The owner serves only the users that had a session when it began, the destination all others. No way back. */
    HANDOVER;

    /**
     * Reads the lower-case name that GeoDB and commands use.
     *
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    public static MovePhase parse(String text) {
        return Arrays.stream(values())
                .filter(phase -> phase.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "' is not a phase of a move; it is one of proposed, handover"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
