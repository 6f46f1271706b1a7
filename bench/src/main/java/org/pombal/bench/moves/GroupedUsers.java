package org.pombal.bench.moves;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.pombal.model.group.GroupId;
import org.pombal.model.placement.GroupPlacement;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;

/**
 * Names of users of whom so many are in each group of a site as its users are whom nobody has moved: the hash of the name tells the
 * group. What a node knows of such users without asking is part of what is measured.
 */
final class GroupedUsers {

    private static final SiteId ANY = new SiteId(new UUID(0, 0));

    private final int groups;
    private final int together;
    private int taken;

    /**
     * @param groups that the site has
     * @param together users in each
     */
    GroupedUsers(int groups, int together) {
        this.groups = groups;
        this.together = together;
    }

    /** Users of groups that nobody else is in, ordered by group. */
    List<String> named(String prefix, int count) {
        List<String> names = new ArrayList<>(count);
        int number = 0;
        while (names.size() < count) {
            int group = taken + 1 + names.size() / together;
            String name = prefix + number++ + "@example.org";
            if (group(name, ANY, groups).equals(GroupId.numbered(ANY, group))) {
                names.add(name);
            }
        }
        taken += (count + together - 1) / together;
        if (taken > groups) {
            throw new IllegalStateException(groups + " groups are too few");
        }
        return names;
    }

    static GroupId group(String user, SiteId site, int groups) {
        return GroupPlacement.groupFor(new UserKey(user), UsernameHash.WHOLE_NAME, site, groups);
    }
}
