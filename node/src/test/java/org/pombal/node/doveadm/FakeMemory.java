package org.pombal.node.doveadm;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.user.UserKey;
import org.pombal.node.doveadm.commands.NodeMemory;

/** A memory with what a test puts there. */
final class FakeMemory implements NodeMemory {

    final Map<UserKey, GroupId> users = new LinkedHashMap<>();
    final Map<GroupId, UserGroup> groups = new LinkedHashMap<>();
    final List<Site> sites = new ArrayList<>();
    boolean localDb = true;

    @Override
    public boolean hasLocalDb() {
        return localDb;
    }

    @Override
    public CompletionStage<Optional<GroupId>> homeOf(UserKey user) {
        return completedFuture(Optional.ofNullable(users.get(user)));
    }

    @Override
    public CompletionStage<List<KnownUser>> users(String after, int limit) {
        return completedFuture(users.entrySet().stream()
                .filter(user -> user.getKey().value().compareTo(after) > 0)
                .sorted(Map.Entry.comparingByKey((one, other) -> one.value().compareTo(other.value())))
                .limit(limit)
                .map(user -> new KnownUser(user.getKey(), user.getValue()))
                .toList());
    }

    @Override
    public void forget(UserKey user) {
        users.remove(user);
    }

    @Override
    public @Nullable UserGroup group(GroupId id) {
        return groups.get(id);
    }

    @Override
    public List<UserGroup> groups() {
        return List.copyOf(groups.values());
    }

    @Override
    public void forget(GroupId group) {
        groups.remove(group);
    }

    @Override
    public void learn(UserGroup row) {
        groups.put(row.id(), row);
    }

    @Override
    public List<Site> sites() {
        return sites;
    }

    @Override
    public String host(UserGroup group) {
        return "remembered-host";
    }

    @Override
    public Optional<String> alternative(UserGroup group) {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> age() {
        return Optional.of(Duration.ofSeconds(3));
    }

    @Override
    public CompletionStage<Integer> refresh() {
        return completedFuture(7);
    }
}
