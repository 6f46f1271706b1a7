package org.pombal.operations;

import static java.util.Objects.requireNonNull;

/**
 * What a backend serves.
 *
 * @param share the percentage of its site's groups that it is to have by its load factor, 0 to 100
 * @param groups how many it owns
 * @param movingOut how many of these are moving away
 * @param movingIn how many of others are moving to it
 */
public record BackendLoad(BackendView view, double share, int groups, int movingOut, int movingIn) {

    public BackendLoad {
        requireNonNull(view, "view is null");
    }
}
