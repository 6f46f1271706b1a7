package org.pombal.geodb.memory;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.pombal.geodb.Announcing;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Change;
import org.pombal.geodb.Groups;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.memory.InMemoryCluster.Named;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.SiteId;

final class MemoryGroups implements Groups {

    private final InMemoryCluster store;
    private final Requests requests;
    private final InstantSource clock;
    private final Announcing announcing;

    MemoryGroups(InMemoryCluster store, Requests requests, InstantSource clock, Announcing announcing) {
        this.store = store;
        this.requests = requests;
        this.clock = clock;
        this.announcing = announcing;
    }

    @Override
    public CompletionStage<Optional<UserGroup>> find(GroupId id, ReadLevel level) {
        return requests.read("reading user group " + id, () -> store.groups.get(id, level));
    }

    @Override
    public CompletionStage<Cas<UserGroup>> createIfAbsent(UserGroup group) {
        String what = "adding user group " + group.id();
        long timestamp = Microseconds.of(clock.instant());
        Named named = new Named(group.id().site(), group.id().name());
        return requests.write(what, () -> store.groupNames.put(named, true, timestamp))
                .thenCompose(written -> requests.compareAndSet(
                        what,
                        attempt -> Updates.add(
                                store.groups.get(group.id(), ReadLevel.SERIAL),
                                group,
                                row -> store.groups.put(row.id(), row, attempt.commits()))));
    }

    @Override
    public CompletionStage<Cas<UserGroup>> update(UserGroup next) {
        CompletionStage<Cas<UserGroup>> updated = requests.compareAndSet(
                "updating user group " + next.id(),
                attempt -> Updates.replace(
                        store.groups.get(next.id(), ReadLevel.SERIAL),
                        next,
                        UserGroup::epoch,
                        attempt,
                        row -> store.groups.put(row.id(), row, attempt.commits())));
        return announcing.after(updated, new Change.GroupChanged(next.id()));
    }

    @Override
    public CompletionStage<Page<UserGroup>> list(SiteId site, Optional<PageToken> from, int pageSize) {
        Pages.requireSize(pageSize);
        Named after = new Named(site, Pages.after(from));
        return requests.read(
                "listing user groups of site " + site,
                () -> Pages.of(
                        names(after), pageSize, name -> store.groups.get(new GroupId(site, name), ReadLevel.QUORUM)));
    }

    private Stream<String> names(Named after) {
        return store.groupNames
                .keysFrom(after, false)
                .takeWhile(named -> named.site().equals(after.site()))
                .map(Named::group);
    }
}
