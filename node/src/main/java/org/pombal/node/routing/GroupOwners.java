package org.pombal.node.routing;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Groups;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.BackendPlacement;
import org.pombal.model.placement.Placement;
import org.pombal.node.topology.Topology;

/** The row of a group: from memory, else from GeoDB; a group that does not exist is placed. */
final class GroupOwners {

    private final Topology topology;
    private final Groups groups;
    private final Consumer<UserGroup> keep;

    /** @param keep is told each row that was read or made */
    GroupOwners(Topology topology, Groups groups, Consumer<UserGroup> keep) {
        this.topology = requireNonNull(topology, "topology is null");
        this.groups = requireNonNull(groups, "groups is null");
        this.keep = requireNonNull(keep, "keep is null");
    }

    /** The row as the node knows it, looked up or made if need be. */
    CompletionStage<UserGroup> find(GroupId id) {
        UserGroup known = topology.group(id);
        return known != null ? CompletableFuture.completedFuture(known) : findFresh(id);
    }

    /** The row as GeoDB has it now, made if need be. */
    CompletionStage<UserGroup> findFresh(GroupId id) {
        return groups.find(id, ReadLevel.QUORUM)
                .thenCompose(row -> row.isPresent() ? CompletableFuture.completedFuture(row.get()) : create(id))
                .thenApply(this::learn);
    }

    /** The row as the node or GeoDB knows it, or as it would be made. Makes nothing. */
    CompletionStage<UserGroup> expected(GroupId id) {
        UserGroup known = topology.group(id);
        return known != null
                ? CompletableFuture.completedFuture(known)
                : groups.find(id, ReadLevel.QUORUM)
                        .thenCompose(row -> row.<CompletionStage<UserGroup>>map(CompletableFuture::completedFuture)
                                .orElseGet(() -> wouldBe(id)));
    }

    private CompletionStage<UserGroup> wouldBe(GroupId id) {
        Placement placement = BackendPlacement.place(id, topology.backends());
        return placement instanceof Placement.Placed placed
                ? CompletableFuture.completedFuture(placed.group())
                : CompletableFuture.failedFuture(
                        new LookupFailedException("group " + id.name() + " cannot be placed: " + placement.reason()));
    }

    private CompletionStage<UserGroup> create(GroupId id) {
        Placement placement = BackendPlacement.place(id, topology.backends());
        if (placement instanceof Placement.Placed placed) {
            return groups.createIfAbsent(placed.group()).thenCompose(outcome -> winner(id, outcome));
        }
        return CompletableFuture.failedFuture(
                new LookupFailedException("group " + id.name() + " cannot be placed: " + placement.reason()));
    }

    private static CompletionStage<UserGroup> winner(GroupId id, Cas<UserGroup> outcome) {
        if (outcome instanceof Cas.Applied<UserGroup> applied) {
            return CompletableFuture.completedFuture(applied.row());
        }
        return ((Cas.Lost<UserGroup>) outcome)
                .current()
                .<CompletionStage<UserGroup>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> CompletableFuture.failedFuture(new LookupFailedException(
                        "group " + id.name() + " was neither made nor found; its row is in flux")));
    }

    private UserGroup learn(UserGroup row) {
        UserGroup stands = topology.learn(row);
        keep.accept(stands);
        return stands;
    }
}
