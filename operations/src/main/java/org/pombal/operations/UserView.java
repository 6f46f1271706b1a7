package org.pombal.operations;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.pombal.model.group.Departure;
import org.pombal.model.placement.User;

/**
 * A user as he is shown.
 *
 * @param siteName of the home site; its id, if it is removed
 * @param group the home group; empty if it does not exist yet or is removed
 * @param failoverSiteName empty without a failover group
 */
public record UserView(User user, String siteName, Optional<GroupView> group, Optional<String> failoverSiteName) {

    public UserView {
        requireNonNull(user, "user is null");
        requireNonNull(siteName, "siteName is null");
        requireNonNull(group, "group is null");
        requireNonNull(failoverSiteName, "failoverSiteName is null");
    }

    /** What is to become of the user, if he is on his way out of the group. */
    public Optional<Departure> leaving() {
        return group.map(view -> view.group().leaving().get(user.key()));
    }

    public boolean isMoving() {
        return leaving().isPresent()
                || group.filter(view -> view.group().isMoving()).isPresent();
    }

    /** Since when and by which rule or move the user is where he is, and what goes on with him. */
    public String why() {
        String home = "home is group " + user.home().name() + " of site " + siteName
                + (user.version() == 1 ? ", since the first login, by the hash of the name" : ", moved or added again")
                + " (version " + user.version() + ")";
        String group = this.group
                .map(view -> "; the group: " + view.why())
                .orElse("; the group does not exist yet: it is placed at the next login");
        return home + group + leaving().map(this::leaving).orElse("");
    }

    private String leaving(Departure departure) {
        if (departure.isStayIn(user.home())) {
            return "; that the user leaves the group is being taken back (" + departure.id() + ")";
        }
        return departure
                .target()
                .map(target -> "; the user is leaving for group " + target.name() + " (move " + departure.id() + ")")
                .orElse("; the user is being deleted (" + departure.id() + ")");
    }
}
