package org.pombal.geodb.memory;

import java.time.Instant;
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
import org.pombal.geodb.memory.Requests.Attempt;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupSteps;
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
        return requests.read("reading user group " + id, () -> Kept.present(store.groups.get(id, level)));
    }

    @Override
    public CompletionStage<Optional<Instant>> changedAt(GroupId id) {
        return requests.read("reading when user group " + id + " was changed", () -> Kept.present(
                        store.groups.get(id, ReadLevel.QUORUM))
                .flatMap(group -> Optional.ofNullable(store.groupChanges.get(id))));
    }

    @Override
    public CompletionStage<Cas<UserGroup>> createIfAbsent(UserGroup group) {
        String what = "adding user group " + group.id();
        long timestamp = Microseconds.of(clock.instant());
        Named named = new Named(group.id().site(), group.id().name());
        return requests.write(what, () -> store.groupNames.put(named, true, timestamp))
                .thenCompose(written -> requests.compareAndSet(what, attempt -> {
                    Optional<Kept<UserGroup>> standing = store.groups.get(group.id(), ReadLevel.SERIAL);
                    return standing.isPresent() && standing.get().retired()
                            ? Updates.add(
                                    standing,
                                    group,
                                    UserGroup::epoch,
                                    epoch -> GroupSteps.revived(group, epoch - 1),
                                    row -> put(row, attempt))
                            : first(standing, group, attempt);
                }));
    }

    private Cas<UserGroup> first(Optional<Kept<UserGroup>> standing, UserGroup group, Attempt attempt) {
        return Updates.add(standing, group, UserGroup::epoch, epoch -> group, row -> put(row, attempt));
    }

    private void put(Kept<UserGroup> row, Attempt attempt) {
        store.groups.put(row.row().id(), row, attempt.commits());
        store.groupChanges.put(row.row().id(), store.time());
    }

    @Override
    public CompletionStage<Cas<UserGroup>> update(UserGroup next) {
        return replace("updating user group " + next.id(), Kept.of(next));
    }

    @Override
    public CompletionStage<Cas<UserGroup>> retire(UserGroup group) {
        return replace("retiring user group " + group.id(), new Kept<>(GroupSteps.retired(group), true));
    }

    private CompletionStage<Cas<UserGroup>> replace(String what, Kept<UserGroup> next) {
        GroupId id = next.row().id();
        CompletionStage<Cas<UserGroup>> replaced = requests.compareAndSet(
                what,
                attempt -> Updates.replace(
                        store.groups.get(id, ReadLevel.SERIAL),
                        next,
                        UserGroup::epoch,
                        attempt,
                        row -> put(row, attempt)));
        return announcing.after(replaced, new Change.GroupChanged(id));
    }

    @Override
    public CompletionStage<Page<UserGroup>> list(SiteId site, Optional<PageToken> from, int pageSize) {
        Pages.requireSize(pageSize);
        Named after = new Named(site, Pages.after(from));
        return requests.read(
                "listing user groups of site " + site,
                () -> Pages.of(
                        names(after),
                        pageSize,
                        name -> Kept.present(store.groups.get(new GroupId(site, name), ReadLevel.QUORUM))));
    }

    private Stream<String> names(Named after) {
        return store.groupNames
                .keysFrom(after, false)
                .takeWhile(named -> named.site().equals(after.site()))
                .map(Named::group);
    }
}
