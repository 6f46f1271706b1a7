package org.pombal.controller.automation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.pombal.controller.task.work.TaskContext;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.groupsize.GroupSize;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.user.UserKey;

/** How many users each group has, of all sites. Goes through all users of the cluster, so not often; what it found is kept for metrics and pages. */
final class Census {

    private static final int PAGE = 5000;

    private final SiteSight sight;
    private final Map<GroupId, Long> users;

    private Census(SiteSight sight, Map<GroupId, Long> users) {
        this.sight = requireNonNull(sight, "sight is null");
        this.users = users;
    }

    static Census taken(SiteSight sight, TaskContext task) throws InterruptedException, ExecutionException {
        Map<GroupId, Long> users = new HashMap<>();
        Optional<PageToken> next = Optional.empty();
        do {
            task.requireHeld();
            Page<User> page = SiteSight.answer(sight.geoDb().users().list(next, PAGE));
            page.rows().forEach(user -> users.merge(user.home(), 1L, Long::sum));
            next = page.next();
        } while (next.isPresent());
        Census census = new Census(sight, users);
        census.keep(task);
        return census;
    }

    /** The sums go last: they say that the rest of the count is there. */
    private void keep(TaskContext task) throws InterruptedException, ExecutionException {
        Site own = sight.site();
        Instant now = sight.now();
        List<GroupSize> groups = groups(own);
        for (Map.Entry<BackendId, GroupUsersCounted> counted :
                GroupUsersCounted.of(groups, now).entrySet()) {
            sight.write(
                    task,
                    own,
                    GroupUsersCounted.note(counted.getKey()),
                    counted.getValue().toText());
        }
        sight.write(task, own, UsersCounted.NOTE, UsersCounted.of(groups, now).toText());
    }

    List<GroupSize> groups(Site site) throws InterruptedException, ExecutionException {
        return sight.groups(site).stream().map(this::size).toList();
    }

    private GroupSize size(UserGroup group) {
        return new GroupSize(group, users.getOrDefault(group.id(), 0L));
    }

    /** The users of a group, read as they are asked for. */
    static Iterator<UserKey> usersOf(SiteSight sight, GroupId group) {
        return new Iterator<>() {
            private Iterator<User> page = List.<User>of().iterator();
            private Optional<PageToken> next = Optional.empty();
            private boolean ended;

            @Override
            public boolean hasNext() {
                while (!page.hasNext() && !ended) {
                    Page<User> read = read(next);
                    page = read.rows().iterator();
                    next = read.next();
                    ended = next.isEmpty();
                }
                return page.hasNext();
            }

            private Page<User> read(Optional<PageToken> from) {
                try {
                    return SiteSight.answer(sight.geoDb().users().inGroup(group, from, 100));
                } catch (ExecutionException e) {
                    throw new CompletionException(e.getCause());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new CompletionException(e);
                }
            }

            @Override
            public UserKey next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return page.next().key();
            }
        };
    }
}
