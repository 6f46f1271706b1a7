package org.pombal.model.group;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** Identity of one move of a group or user; a second move of the same has another. */
public record MoveId(UUID value) {

    public MoveId {
        requireNonNull(value, "value is null");
    }

    public static MoveId random() {
        return new MoveId(UUID.randomUUID());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
