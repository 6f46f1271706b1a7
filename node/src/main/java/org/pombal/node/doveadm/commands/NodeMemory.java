package org.pombal.node.doveadm.commands;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.user.UserKey;

/** What the node remembers of GeoDB, as commands look at it. */
public interface NodeMemory {

    /** A user and his home. */
    record KnownUser(UserKey user, GroupId home) {}

    /** Whether it has a LocalDB; a backend's node has none. */
    boolean hasLocalDb();

    CompletionStage<Optional<GroupId>> homeOf(UserKey user);

    /**
     * Users that are kept, in the order of their names.
     *
     * @param after the name after which to go on; empty for the first
     */
    CompletionStage<List<KnownUser>> users(String after, int limit);

    void forget(UserKey user);

    /** The group as the node knows it, or null. */
    @Nullable
    UserGroup group(GroupId id);

    List<UserGroup> groups();

    void forget(GroupId group);

    /** From now on the node knows this row of a group of its own site, unless it knows a newer one. */
    void learn(UserGroup row);

    List<Site> sites();

    /** The host name of a backend of the node's own site; the id of another. */
    String host(UserGroup group);

    /** The host name of the group's destination or failover backend. */
    Optional<String> alternative(UserGroup group);

    /** For how long the node has not been in step with GeoDB; empty if it never was. */
    Optional<Duration> age();

    /** Reads everything again; the value is how many rows. */
    CompletionStage<Integer> refresh();
}
