package org.pombal.model.group;

import static java.util.Objects.requireNonNull;

import org.pombal.model.site.SiteId;

/** A user group is known by its site and its name, {@code default-1} to {@code default-N} for those made by themselves. */
public record GroupId(SiteId site, String name) {

    public static final String DEFAULT_PREFIX = "default-";

    public GroupId {
        requireNonNull(site, "site is null");
        requireNonNull(name, "name is null");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a user group needs a name");
        }
    }

    /**
     * The {@code number}-th group that is made by itself.
     *
     * @param number 1 to the site's group count
     */
    public static GroupId numbered(SiteId site, int number) {
        if (number < 1) {
            throw new IllegalArgumentException("groups are numbered from 1, not " + number);
        }
        return new GroupId(site, DEFAULT_PREFIX + number);
    }

    @Override
    public String toString() {
        return name + "@" + site;
    }
}
