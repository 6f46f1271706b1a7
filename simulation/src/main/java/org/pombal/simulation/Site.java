package org.pombal.simulation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.Leases;
import org.pombal.geodb.memory.InMemoryCluster;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.LeaseAction;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.ownership.FailoverChoice;
import org.pombal.model.ownership.GroupAction;
import org.pombal.model.ownership.GroupEvent;
import org.pombal.model.placement.User;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.pombal.model.vote.Electorate;
import org.pombal.model.vote.VoterId;

/** All of one simulated site, and the way its parts find each other. */
final class Site {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int PROXIES = 2;
    /** So much more often than before other steps a node dies before those whose outcome its successor cannot know. */
    private static final int DECISIVE = 8;

    private static final int LEASE_WRITES = 20;

    private static final Duration STORE_TIMEOUT = Duration.ofMillis(800);

    private final EventQueue events = new EventQueue();
    private final Chance chance;
    private final Profile profile;
    private final Quirks quirks;
    private final Trace trace;
    private final History history = new History(events);
    private final Checks checks = new Checks(history);
    private final Network network;
    private final StoreFaults faults;
    private final InMemoryCluster cluster;
    private final PlainLeases plainLeases = new PlainLeases();
    private final SiteId id;
    private final Map<BackendId, Host> hosts = new LinkedHashMap<>();
    private final List<Host> backendHosts = new ArrayList<>();
    private final List<Host> proxyHosts = new ArrayList<>();
    private final Map<VoterId, VotingHost> voters = new LinkedHashMap<>();
    private final Map<BackendId, BackendStatus> statuses = new LinkedHashMap<>();
    private final List<GroupId> groupIds = new ArrayList<>();
    private final Map<UserKey, GroupId> firstHomes = new LinkedHashMap<>();
    private final List<Client> clients = new ArrayList<>();
    private final List<ControllerNode> controllers = new ArrayList<>();
    private final boolean respectsLeadership;
    private final Coincidences coincidences;
    private @Nullable Host namesake;
    private SortedSet<VoterId> wantedVoters = new TreeSet<>();
    private List<Backend> backends = List.of();
    private boolean healed;
    private int numbers;

    Site(long seed, Profile.Kind kind, Optional<Profile.Theme> only, Quirks quirks, Trace trace) {
        this.chance = new Chance(seed);
        this.profile = Profile.draw(chance, kind, only);
        this.quirks = quirks;
        this.trace = trace;
        this.network = new Network(events, chance, profile);
        this.faults = new StoreFaults(chance, profile, network, events);
        this.cluster = new InMemoryCluster(
                chance.generator(),
                () -> BEGIN.plusNanos(events.now()),
                faults,
                (after, task) -> events.after(after.toNanos(), task));
        this.id = new SiteId(chance.id());
        this.respectsLeadership = chance.in(60);
        build();
        this.coincidences = new Coincidences(this);
    }

    private void build() {
        for (int i = 1; i <= profile.backends(); i++) {
            BackendId backend = new BackendId(chance.id());
            Host host = new Host(this, "backend" + i, backend);
            hosts.put(backend, host);
            backendHosts.add(host);
            statuses.put(backend, BackendStatus.ONLINE);
            voters.put(new VoterId(host.name()), new VotingHost(host));
        }
        if (profile.namesake()) {
            Host first = chance.one(backendHosts);
            namesake = new Host(this, "namesake-of-" + first.name(), first.backend());
        }
        for (int i = 1; i <= PROXIES; i++) {
            Host host = new Host(this, "proxy" + i, new BackendId(chance.id()));
            proxyHosts.add(host);
            voters.put(new VoterId(host.name()), new VotingHost(host));
        }
        for (int i = 1; i <= profile.groups(); i++) {
            groupIds.add(GroupId.numbered(id, i));
        }
        for (int i = 1; i <= profile.users(); i++) {
            UserKey user = new UserKey("user" + i);
            firstHomes.put(user, chance.one(groupIds));
            clients.add(new Client(this, user));
        }
    }

    void begin() {
        GeoDb geoDb = cluster.open(StoreFaults.SETUP, Duration.ZERO);
        wantedVoters = new TreeSet<>(voters.keySet());
        geoDb.electorates().update(Electorate.first(id, wantedVoters));
        for (GroupId group : groupIds) {
            BackendId owner = chance.one(backendHosts).backend();
            UserGroup row = UserGroup.placed(
                    group, owner, choice().failover(UserGroup.placed(group, owner, Optional.empty()), owner));
            geoDb.groups().createIfAbsent(row);
            checks.rowStood(row);
        }
        firstHomes.forEach((user, group) -> geoDb.users().createIfAbsent(User.firstSeen(user, group)));
        events.after(Chance.SECOND / 2, this::start);
    }

    private void start() {
        backendHosts.forEach(this::startNode);
        if (namesake != null) {
            restartLater(namesake, chance.milliseconds(0, 8_000));
        }
        for (Host host : proxyHosts) {
            ProxyNode proxy = new ProxyNode(this, host);
            host.start(proxy);
            proxy.begin();
        }
        for (int i = 1; i <= 2; i++) {
            Host host = new Host(this, "controller" + i, new BackendId(chance.id()));
            ControllerNode controller = new ControllerNode(this, host);
            host.start(controller);
            controllers.add(controller);
            controller.begin();
        }
        clients.forEach(Client::begin);
        new Chaos(this).begin();
        coincidences.begin();
    }

    private void startNode(Host host) {
        BackendNode node = new BackendNode(this, host);
        host.start(node);
        node.begin();
    }

    void restartLater(Host host, long delay) {
        events.after(delay, () -> {
            if (!host.isUp()) {
                trace(() -> host.name() + ": node started");
                startNode(host);
            }
        });
    }

    /** From now on nothing goes wrong any more, and what is down comes up. */
    void heal() {
        healed = true;
        trace(() -> "everything is healed");
        network.heal();
        faults.heal();
        statuses.replaceAll((backend, status) -> BackendStatus.ONLINE);
        backends = List.of();
        for (Host host : backendHosts) {
            host.thaw();
            host.guardian().start();
            restartLater(host, Chance.SECOND);
            // One that has just been asked to stop ends later.
            restartLater(host, 10 * Chance.SECOND);
        }
    }

    boolean isHealed() {
        return healed;
    }

    List<Client> clients() {
        return clients;
    }

    /** How long a process is stopped when it has done this; 0 if it is not. */
    long stopAfter(NodeProcess node, Object action) {
        long stop = healed ? 0 : coincidences.stopAfter(node, action);
        if (stop == 0 && pausesNow(action)) {
            return chance.milliseconds(1, longestPause());
        }
        return stop;
    }

    private boolean pausesNow(Object action) {
        if (healed || profile.pauseOneIn() == 0) {
            return false;
        }
        boolean delicate = action instanceof LeaseAction.Read || action instanceof LeaseAction.Trust;
        if (delicate && profile.theme() == Profile.Theme.PAUSES) {
            return chance.in(15);
        }
        return chance.once(profile.pauseOneIn());
    }

    /** In some schedules most pauses are longer than any answer takes. */
    private int longestPause() {
        boolean lengthy = chance.in(profile.theme() == Profile.Theme.PAUSES ? 60 : 20);
        return lengthy ? (chance.in(50) ? 4_000 : 15_000) : 500;
    }

    List<Host> voterHosts() {
        return voters.values().stream().map(VotingHost::host).toList();
    }

    /** Kills a backend's node now and then; it is back soon. */
    boolean crashesNow(NodeProcess node, Object action) {
        if (!healed && coincidences.diesDuring(node, action)) {
            return true;
        }
        if (healed || profile.crashOneIn() == 0 || !(node instanceof BackendNode)) {
            return false;
        }
        boolean decisive = action instanceof GroupAction.WriteRow || action instanceof GroupAction.WriteDone;
        if (action instanceof LeaseAction.Write && profile.theme() == Profile.Theme.PAUSES) {
            return chance.once(LEASE_WRITES);
        }
        return chance.once(decisive ? 1 + profile.crashOneIn() / DECISIVE : profile.crashOneIn());
    }

    void crash(NodeProcess node) {
        new Chaos(this).crash(node.host(), false);
    }

    /** The operator's fence command: cuts the machine's power. */
    void fence(BackendId backend, Consumer<Boolean> answered) {
        events.after(chance.milliseconds(100, 2_000), () -> {
            boolean succeeds = !chance.once(5);
            if (succeeds) {
                for (Host host : machines(backend)) {
                    trace(() -> host.name() + ": fenced");
                    host.powerCycle();
                    restartLater(host, chance.milliseconds(1_000, 4_000));
                }
            }
            answered.accept(succeeds);
        });
    }

    void tell(Host from, BackendId to, Consumer<BackendNode> what) {
        for (Host target : machines(to)) {
            network.send(from.name(), target.name(), () -> {
                if (target.node() instanceof BackendNode node) {
                    node.run(() -> what.accept(node));
                }
            });
        }
    }

    /** A row has been written: the feed of changes tells most of those whom it concerns. */
    void rowStood(NodeProcess writer, UserGroup row) {
        checks.rowStood(row);
        for (Host host : backendHosts) {
            if (host != writer.host()) {
                tell(writer.host(), host.backend(), node -> node.group(row.id()).event(new GroupEvent.Look()));
            }
        }
    }

    void setStatus(BackendId backend, BackendStatus status) {
        trace(() -> host(backend).name() + ": is set " + status);
        statuses.put(backend, status);
        backends = List.of();
    }

    BackendStatus status(BackendId backend) {
        return statuses.getOrDefault(backend, BackendStatus.ONLINE);
    }

    void changeWantedVoters() {
        wantedVoters = new TreeSet<>();
        while (wantedVoters.size() < 3) {
            wantedVoters.add(chance.one(List.copyOf(voters.keySet())));
        }
    }

    void wantVoters(SortedSet<VoterId> voters) {
        wantedVoters = voters;
    }

    Coincidences coincidences() {
        return coincidences;
    }

    SortedSet<VoterId> wantedVoters() {
        return wantedVoters;
    }

    List<Backend> backends() {
        if (backends.isEmpty()) {
            backends = readBackends();
        }
        return backends;
    }

    private List<Backend> readBackends() {
        return backendHosts.stream()
                .map(host -> Backend.added(host.backend(), id, new HostName(host.name() + ".example"))
                        .withStatus(status(host.backend())))
                .toList();
    }

    FailoverChoice choice() {
        return new FailoverChoice(backends(), backend -> true, backend -> true);
    }

    Leases leases(NodeProcess process) {
        return quirks.comparesLeases()
                ? process.geoDb().leases()
                : plainLeases.by(process.host(), process.geoDb().leases());
    }

    GeoDb openGeoDb(String writer, long skew) {
        return cluster.open(writer, Duration.ofNanos(skew), STORE_TIMEOUT);
    }

    @Nullable
    ProxyNode anyProxy() {
        return chance.one(proxyHosts).node() instanceof ProxyNode proxy ? proxy : null;
    }

    ControllerNode controller() {
        return chance.one(controllers);
    }

    VotingHost voter(VoterId voter) {
        return requireNonNull(voters.get(voter));
    }

    Host host(BackendId backend) {
        return requireNonNull(hosts.get(backend));
    }

    /** All that bear the name of this backend; more than one if an operator has made a mistake. */
    List<Host> machines(BackendId backend) {
        Host host = host(backend);
        return namesake != null && namesake.backend().equals(backend) ? List.of(host, namesake) : List.of(host);
    }

    /** What a machine's state folder says. */
    OptionalLong heldIncarnation(Host host) {
        return quirks.knowsItsIncarnation()
                ? host.heldIncarnation()
                : machines(host.backend()).stream()
                        .flatMapToLong(machine -> machine.heldIncarnation().stream())
                        .max();
    }

    /** A machine may serve from now on. No other of the same name may, and nothing may be left there. */
    void trusts(Host host) {
        for (Host other : machines(host.backend())) {
            boolean mayServe = other.node() instanceof BackendNode node && !node.isDead() && node.mayServe();
            if (other != host && (mayServe || !other.processes().isEmpty())) {
                history.mayServeTwice(host.name() + " has the lease, and " + other.name() + " still serves under it");
            }
        }
    }

    GroupId groupOf(UserKey user) {
        return requireNonNull(firstHomes.get(user));
    }

    EventQueue events() {
        return events;
    }

    Chance chance() {
        return chance;
    }

    Profile profile() {
        return profile;
    }

    Quirks quirks() {
        return quirks;
    }

    History history() {
        return history;
    }

    Checks checks() {
        return checks;
    }

    Network network() {
        return network;
    }

    StoreFaults faults() {
        return faults;
    }

    OwnershipTimings timings() {
        return OwnershipTimings.DEFAULT;
    }

    SiteId id() {
        return id;
    }

    List<Host> backendHosts() {
        return backendHosts;
    }

    List<UserKey> users() {
        return List.copyOf(firstHomes.keySet());
    }

    List<GroupId> groupIds() {
        return groupIds;
    }

    boolean respectsLeadership() {
        return respectsLeadership;
    }

    int longestSession() {
        return healed ? 1_000 : profile.longestSession();
    }

    int nextNumber() {
        return ++numbers;
    }

    void trace(Supplier<String> line) {
        trace.say(line);
    }
}
