package org.pombal.model.share;

import static java.util.Objects.requireNonNull;

/**
 * A percentage of all users, always the same ones: those whose hash with the id, 0 to 99, is below the percentage. So a higher percentage only
 * adds users, another id chooses others, and the same id the same ones in another place.
 *
 * @param id 1 to 100 characters, not blank
 * @param percentage 0 (nobody) to 100 (everybody)
 */
public record UserShare(String id, int percentage) {

    /** That many different hashes there are, and that long an id may be. */
    public static final int HUNDRED = 100;

    /** @throws IllegalArgumentException naming the value that is not possible */
    public UserShare {
        requireNonNull(id, "id is null");
        if (id.isBlank() || id.length() > HUNDRED) {
            throw new IllegalArgumentException("'" + id + "' is no id; it has 1 to 100 characters");
        }
        if (percentage < 0 || percentage > HUNDRED) {
            throw new IllegalArgumentException("percentage " + percentage + " is not between 0 and 100");
        }
    }

    public UserShare withPercentage(int newPercentage) {
        return new UserShare(id, newPercentage);
    }
}
