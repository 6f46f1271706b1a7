package org.pombal.simulation;

import org.pombal.model.group.UserGroup;

/** Rows in the words of a story. */
final class Description {

    private Description() {}

    static String of(UserGroup row) {
        String move = row.move()
                .map(its -> ", " + its.phase() + " to " + its.dest() + "/" + its.destIncarnation()
                        + (its.lazy() ? " lazily" : ""))
                .orElse("");
        return row.id().name() + " epoch " + row.epoch() + ": " + row.backend() + "/"
                + row.owner().incarnation() + move
                + (row.leaving().isEmpty() ? "" : ", leaving " + row.leaving().keySet());
    }
}
