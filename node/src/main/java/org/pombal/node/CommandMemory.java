package org.pombal.node;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.user.UserKey;
import org.pombal.node.doveadm.commands.NodeMemory;
import org.pombal.node.localdb.LocalDb;
import org.pombal.node.topology.Topology;
import org.pombal.node.topology.TopologyWatch;

/** What this node remembers, for the commands. */
final class CommandMemory implements NodeMemory {

    private final Topology topology;
    private final Memory memory;
    private final Optional<LocalDb> localDb;
    private final TopologyWatch watch;
    private final InstantSource clock;
    private final Executor blocking;

    /**
     * @param localDb empty on a backend
     * @param blocking runs what waits for the LocalDB's file
     */
    CommandMemory(
            Topology topology,
            Memory memory,
            Optional<LocalDb> localDb,
            TopologyWatch watch,
            InstantSource clock,
            Executor blocking) {
        this.topology = requireNonNull(topology, "topology is null");
        this.memory = requireNonNull(memory, "memory is null");
        this.localDb = requireNonNull(localDb, "localDb is null");
        this.watch = requireNonNull(watch, "watch is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.blocking = requireNonNull(blocking, "blocking is null");
    }

    @Override
    public boolean hasLocalDb() {
        return localDb.isPresent();
    }

    @Override
    public CompletionStage<Optional<GroupId>> homeOf(UserKey user) {
        @Nullable GroupId home = memory.inMemory(user);
        return home == null ? memory.kept(user) : CompletableFuture.completedFuture(Optional.of(home));
    }

    @Override
    public CompletionStage<List<KnownUser>> users(String after, int limit) {
        return localDb.isEmpty()
                ? CompletableFuture.completedFuture(List.of())
                : CompletableFuture.supplyAsync(
                        () -> localDb.get().users(after, limit).stream()
                                .map(kept -> new KnownUser(kept.user(), kept.home()))
                                .toList(),
                        blocking);
    }

    @Override
    public void forget(UserKey user) {
        memory.forgetUser(user);
    }

    @Override
    public @Nullable UserGroup group(GroupId id) {
        return topology.group(id);
    }

    @Override
    public List<UserGroup> groups() {
        return topology.groups().toList();
    }

    @Override
    public void forget(GroupId group) {
        topology.forget(group);
    }

    @Override
    public void learn(UserGroup row) {
        memory.groups(List.of(topology.learn(row)));
    }

    @Override
    public List<Site> sites() {
        return List.copyOf(topology.sites());
    }

    @Override
    public String host(UserGroup group) {
        return host(group.backend());
    }

    @Override
    public Optional<String> alternative(UserGroup group) {
        return group.alternative().map(this::host);
    }

    private String host(BackendId id) {
        return topology.backend(id).map(Backend::host).map(Object::toString).orElse(id.toString());
    }

    @Override
    public Optional<Duration> age() {
        Optional<Instant> inStep = watch.inStepAt();
        return inStep.map(at -> Duration.between(at, clock.instant()))
                .map(age -> age.isNegative() ? Duration.ZERO : age);
    }

    @Override
    public CompletionStage<Integer> refresh() {
        return watch.refresh()
                .thenApply(done -> topology.sites().size()
                        + topology.tags().size()
                        + topology.backends().size()
                        + topology.groupCount());
    }
}
