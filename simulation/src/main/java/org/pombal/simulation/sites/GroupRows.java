package org.pombal.simulation.sites;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.BackendId;
import org.pombal.model.forcemove.ForcedLogins;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.UserGroup;
import org.pombal.model.user.UserKey;

/**
 * The rows of a site's groups, in its own data centre, as its one backend knows them. They say who is to leave, so that whoever comes after a
 * crash knows it too; a group is claimed before its users are served, so that nothing an earlier life wrote is applied any more.
 */
final class GroupRows {

    private final SiteNode node;
    private final Consumer<UserKey> leaves;
    private final Map<GroupId, UserGroup> rows = new HashMap<>();
    private final Map<GroupId, Long> readAt = new HashMap<>();
    private final Set<GroupId> asking = new HashSet<>();

    /** @param leaves is told who is on the way out since a row was read */
    GroupRows(SiteNode node, Consumer<UserKey> leaves) {
        this.node = node;
        this.leaves = leaves;
    }

    boolean isClaimed(GroupId group) {
        return rows.containsKey(group);
    }

    boolean isLeaving(UserKey user) {
        return rows.values().stream().anyMatch(row -> row.leaving().containsKey(user));
    }

    /** Since when a row is known as it is. */
    long readAt(GroupId group) {
        return readAt.getOrDefault(group, Long.MIN_VALUE);
    }

    void forEachLeaving(BiConsumer<UserGroup, UserKey> task) {
        Set.copyOf(rows.values()).forEach(row -> row.leaving().keySet().forEach(user -> task.accept(row, user)));
    }

    /** Claims what is not claimed yet. */
    void claim() {
        IntStream.rangeClosed(1, World.GROUPS)
                .mapToObj(number -> GroupId.numbered(node.site().id(), number))
                .filter(group -> !rows.containsKey(group))
                .forEach(this::claim);
    }

    private void claim(GroupId group) {
        BackendId backend = new BackendId(new UUID(8, node.number()));
        ask(group, node.geoDb().groups().find(group, ReadLevel.SERIAL), found -> {
            if (found.isEmpty()) {
                ask(
                        group,
                        node.geoDb().groups().createIfAbsent(UserGroup.placed(group, backend, Optional.empty())),
                        outcome -> {});
            } else {
                UserGroup row = found.get();
                UserGroup claimed = GroupSteps.claimed(row, row.owner().incarnation() + 1);
                ask(group, node.geoDb().groups().update(claimed), outcome -> {
                    if (outcome instanceof Cas.Applied<UserGroup> applied) {
                        adopt(applied.row());
                    }
                });
            }
        });
    }

    /** One question about each group at a time. */
    private <T> void ask(GroupId group, CompletionStage<T> question, Consumer<T> answered) {
        int life = node.life();
        asking.add(group);
        question.whenComplete((answer, failure) -> {
            if (life == node.life()) {
                asking.remove(group);
                if (failure == null) {
                    answered.accept(answer);
                }
            }
        });
    }

    /** Reads a claimed group's row again. */
    void look(GroupId group) {
        if (rows.containsKey(group) && !asking.contains(group)) {
            ask(group, node.geoDb().groups().find(group, ReadLevel.SERIAL), found -> found.ifPresent(this::adopt));
        }
    }

    private void adopt(UserGroup row) {
        @Nullable UserGroup before = rows.get(row.id());
        if (before != null && before.epoch() > row.epoch()) {
            return;
        }
        rows.put(row.id(), row);
        readAt.put(row.id(), node.now());
        row.leaving().keySet().stream()
                .filter(user -> before == null || !before.leaving().containsKey(user))
                .forEach(leaves);
    }

    /** Writes that a user is to leave, as a command does; whoever owns the group has to look to know it. */
    CompletionStage<ForcedLogins.Result> register(GroupId group, UserKey user, Departure departure) {
        return node.geoDb()
                .groups()
                .find(group, ReadLevel.SERIAL)
                .thenCompose(found -> {
                    UserGroup row = found.orElseThrow();
                    return row.leaving().containsKey(user)
                            ? completedFuture(ForcedLogins.Result.WRITTEN)
                            : node.geoDb()
                                    .groups()
                                    .update(GroupSteps.registered(row, user, departure))
                                    .thenApply(outcome -> outcome instanceof Cas.Applied
                                            ? ForcedLogins.Result.WRITTEN
                                            : ForcedLogins.Result.AGAIN);
                })
                .exceptionally(failure -> ForcedLogins.Result.UNANSWERED);
    }

    /** A user has left. */
    void departed(GroupId group, UserKey user) {
        UserGroup row = rows.get(group);
        if (row != null && row.leaving().containsKey(user) && !asking.contains(group)) {
            ask(group, node.geoDb().groups().update(GroupSteps.departed(row, user)), outcome -> {
                if (outcome instanceof Cas.Applied<UserGroup> applied) {
                    adopt(applied.row());
                } else {
                    look(group);
                }
            });
        }
    }
}
