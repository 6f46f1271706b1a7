package org.pombal.operations;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which users are listed.
 *
 * @param site only users at home in this site
 * @param group only users of groups with this name
 * @param names only users whose names pass
 */
public record UserFilter(Optional<String> site, Optional<String> group, Predicate<String> names) {

    public UserFilter {
        requireNonNull(site, "site is null");
        requireNonNull(group, "group is null");
        requireNonNull(names, "names is null");
    }
}
