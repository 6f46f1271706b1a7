package org.pombal.simulation.sites;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.forcemove.ForcePlacement;
import org.pombal.model.forcemove.ForcedLogins;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.MoveId;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.sitefailover.AwayPlacement;
import org.pombal.model.sitefailover.HomeClaim;
import org.pombal.model.sitefailover.SiteFailover;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;
import org.pombal.simulation.Chance;

/**
 * How a site serves users, takes them over and sends them home. Inside the site, which backend serves whom is not looked at: that is what the
 * other simulation is about.
 */
final class Desk {

    private static final int MOST_HOPS = 2;
    private static final long HOLD = 10 * Chance.SECOND;
    private static final long AGAIN = 200 * Chance.MILLISECOND;

    /** A login, until it is decided. */
    private record Arrival(UserKey user, int hops, long until, ForcedLogins.Login login) {}

    private final World world;
    private final SiteNode node;
    private final Map<UserKey, User> homes = new HashMap<>();
    private final Map<UserKey, List<UserSession>> sessions = new HashMap<>();
    private final GroupRows groups;
    private final Departing departing;
    private final ForcedLogins forced;
    private final Map<UserKey, Integer> editions = new HashMap<>();
    private final Set<SiteId> away = new HashSet<>();
    private int generation;
    private boolean ending;

    Desk(World world, SiteNode node) {
        this.world = world;
        this.node = node;
        this.groups = new GroupRows(node, this::leaves);
        this.departing = new Departing(world, node, this, groups);
        this.forced = new ForcedLogins(world.forceMoveRules());
    }

    private SiteId here() {
        return node.site().id();
    }

    List<UserKey> served() {
        return List.copyOf(sessions.keySet());
    }

    /** Whether a user is known to be away from the site. */
    boolean knowsAwayFrom(SiteId site) {
        return away.contains(site);
    }

    /** Somebody logs in. */
    void arrive(UserKey user, int hops) {
        long now = node.now();
        long until = now + HOLD;
        arrive(new Arrival(user, hops, until, new ForcedLogins.Login(now, until)));
    }

    private void arrive(Arrival arrival) {
        UserKey user = arrival.user();
        if (isClosed(user)) {
            hold(arrival);
            return;
        }
        if (homes.containsKey(user)) {
            atTheDoor(arrival, generation, edition(user));
            return;
        }
        int asked = generation;
        int edition = edition(user);
        int life = node.life();
        node.geoDb().users().find(user, ReadLevel.SERIAL).thenAccept(row -> {
            if (life == node.life()) {
                row.ifPresent(found -> read(found, arrival, asked, edition));
            }
        });
    }

    /** It is judged again a bit later. */
    private void hold(Arrival arrival) {
        int life = node.life();
        if (node.now() < arrival.until()) {
            world.events().after(AGAIN, () -> {
                if (life == node.life()) {
                    arrive(arrival);
                }
            });
        }
    }

    private boolean isClosed(UserKey user) {
        return groups.isLeaving(user) && world.forceMoveRules().holdsWhoLeaves();
    }

    /** A group's row names somebody who was not known to leave. What was asked about him before is void. */
    private void leaves(UserKey user) {
        editions.merge(user, 1, Integer::sum);
    }

    /** The user's row leads elsewhere. */
    void gone(UserKey user) {
        homes.remove(user);
        editions.merge(user, 1, Integer::sum);
    }

    List<UserSession> sessions(UserKey user) {
        return List.copyOf(sessions.getOrDefault(user, List.of()));
    }

    private int edition(UserKey user) {
        return editions.getOrDefault(user, 0);
    }

    private void read(User row, Arrival arrival, int asked, int edition) {
        if (!node.mayServe()) {
            forward(row, arrival.hops());
            return;
        }
        HomeClaim claim = world.rules().claim(row, here(), node.trust().term().orElseThrow());
        if (claim instanceof HomeClaim.Here) {
            remember(row, asked, edition);
            atTheDoor(arrival, asked, edition);
        } else if (claim instanceof HomeClaim.Claim claiming) {
            long term = claiming.next().homeTerm();
            int life = node.life();
            node.geoDb().users().update(claiming.next()).thenAccept(outcome -> {
                if (life == node.life()
                        && outcome instanceof Cas.Applied<User> applied
                        && node.trust().term().equals(OptionalLong.of(term))) {
                    remember(applied.row(), asked, edition);
                    atTheDoor(arrival, asked, edition);
                }
            });
        } else {
            elsewhere(row, arrival.hops());
        }
    }

    private void remember(User row, int asked, int edition) {
        if (asked == generation && edition == edition(row.key())) {
            homes.put(row.key(), row);
        }
    }

    private boolean mayBeServed(UserKey user, int asked, int edition) {
        User home = homes.get(user);
        return node.mayServe()
                && !ending
                && asked == generation
                && edition == edition(user)
                && home != null
                && groups.isClaimed(home.home())
                && !isClosed(user);
    }

    private void atTheDoor(Arrival arrival, int asked, int edition) {
        UserKey user = arrival.user();
        if (!mayBeServed(user, asked, edition)) {
            return;
        }
        User row = Objects.requireNonNull(homes.get(user));
        GroupId group = row.home();
        ForcedLogins.Step step =
                forced.before(node.now(), arrival.login(), group, groups.readAt(group), () -> target(user));
        if (step instanceof ForcedLogins.Step.Serve) {
            world.shares().served(node.number(), row);
            serve(user);
        } else if (step instanceof ForcedLogins.Step.Look) {
            groups.look(group);
            hold(arrival);
        } else if (step instanceof ForcedLogins.Step.Write write) {
            int life = node.life();
            send(row, write.target()).thenAccept(result -> {
                if (life == node.life()) {
                    forced.answered(node.now(), arrival.login(), group, result);
                    arrive(arrival);
                }
            });
            if (!world.forceMoveRules().waitsForDeparture()) {
                world.shares().served(node.number(), row);
                serve(user);
            }
        } else {
            hold(arrival);
        }
    }

    /** Where a user is to be by the operator's wish, as far as this site knows it. */
    private Optional<GroupId> target(UserKey user) {
        Site here = node.sites().get(node.number());
        List<Site> serving = node.sites().stream()
                .filter(site -> node.row(site.id()).letsSiteServe())
                .toList();
        return ForcePlacement.inOtherSite(user, here, serving, UsernameHash.WHOLE_NAME);
    }

    private CompletionStage<ForcedLogins.Result> send(User known, GroupId to) {
        return node.geoDb()
                .users()
                .find(known.key(), ReadLevel.SERIAL)
                .thenCompose(found -> {
                    User row = found.orElseThrow();
                    return row.origin().isPresent() || !row.home().equals(known.home())
                            ? completedFuture(ForcedLogins.Result.NOT_NOW)
                            : groups.register(row.home(), row.key(), departure(row, to));
                })
                .exceptionally(failure -> ForcedLogins.Result.UNANSWERED);
    }

    private Departure departure(User row, GroupId to) {
        return Departure.to(new MoveId(world.chance().id()), to, row.failover());
    }

    private void serve(UserKey user) {
        UserSession session =
                new UserSession(user, node, world.nextSession(), world.events().now());
        sessions.computeIfAbsent(user, key -> new ArrayList<>()).add(session);
        world.history().begin(user, session);
        int life = node.life();
        world.events().after(world.chance().milliseconds(200, 60_000), () -> {
            if (life == node.life()) {
                end(session);
            }
        });
    }

    void end(UserSession session) {
        List<UserSession> open = sessions.getOrDefault(session.user(), new ArrayList<>());
        if (open.remove(session)) {
            world.history().end(session.user(), session);
            if (open.isEmpty()) {
                sessions.remove(session.user());
                departing.proceed();
            }
        }
    }

    private void elsewhere(User row, int hops) {
        Optional<SiteId> taker = taker(row);
        if (taker.equals(Optional.of(here()))) {
            take(row.key());
        } else {
            forward(row, hops);
        }
    }

    private void forward(User row, int hops) {
        SiteId to = taker(row).orElse(row.home().site());
        int other = world.node(to).number();
        if (hops < MOST_HOPS && other != node.number() && world.links().reaches(node.number(), other)) {
            world.events().after(world.chance().milliseconds(1, 50), () -> world.node(to)
                    .arrive(row.key(), hops + 1));
        }
    }

    private Optional<SiteId> taker(User row) {
        SiteFailover failover = node.row(row.home().site());
        return failover.letsOthersTake()
                ? AwayPlacement.site(row, failover.shares(), UsernameHash.WHOLE_NAME)
                : Optional.empty();
    }

    /**
     * Takes a user over from a lost site, if the rows allow it. That of the site may be a moment old, so the site may be back and have claimed
     * the user.
     */
    private void take(UserKey user) {
        if (!node.mayServe()) {
            return;
        }
        int asked = generation;
        int edition = edition(user);
        int life = node.life();
        long term = node.trust().term().orElseThrow();
        node.geoDb()
                .users()
                .find(user, ReadLevel.SERIAL)
                .thenAccept(found -> found.ifPresent(row -> {
                    if (life == node.life()
                            && world.rules().mayTake(node.row(row.home().site()), row)) {
                        User next = row.takenOver(AwayPlacement.group(row, node.site(), UsernameHash.WHOLE_NAME), term);
                        node.geoDb().users().update(next).thenAccept(outcome -> {
                            if (life == node.life() && outcome instanceof Cas.Applied<User> applied) {
                                remember(applied.row(), asked, edition);
                            }
                        });
                    }
                }));
    }

    /** What is to be done without anybody coming. */
    void work(Map<SiteId, SiteFailover> rows) {
        int life = node.life();
        groups.claim();
        departing.proceed();
        node.geoDb().users().list(Optional.empty(), 100).thenAccept(page -> {
            if (life == node.life() && world.links().hasMajority(node.number())) {
                away.clear();
                page.rows().forEach(row -> row.origin().ifPresent(origin -> away.add(origin.site())));
                page.rows().forEach(row -> workOn(row, rows));
            }
        });
    }

    private void workOn(User row, Map<SiteId, SiteFailover> rows) {
        if (taker(row).equals(Optional.of(here())) && world.chance().in(5)) {
            take(row.key());
        }
        boolean guest = row.home().site().equals(here()) && row.origin().isPresent();
        if (guest
                && isRecovering(rows.get(row.trueHome().site()))
                && world.chance().in(30)) {
            groups.register(row.home(), row.key(), departure(row, row.trueHome()));
        }
        if (world.chance().in(10)) {
            groups.look(row.home());
        }
    }

    private static boolean isRecovering(@Nullable SiteFailover row) {
        return row != null && row.letsSiteServe();
    }

    /** What is remembered is void, and what was asked before is not believed. */
    void forget() {
        generation++;
        homes.clear();
    }

    /** Every session ends, within the time that a guardian takes. */
    void endAll() {
        ending = true;
        int life = node.life();
        long allowance = World.TIMINGS.killAllowance().toMillis();
        world.events().after(world.chance().milliseconds(1, (int) allowance - 10), () -> {
            if (life == node.life()) {
                List.copyOf(sessions.values()).forEach(open -> List.copyOf(open).forEach(this::end));
                ending = false;
            }
        });
    }

    /** The power is gone. */
    void vanish() {
        List.copyOf(sessions.values()).forEach(open -> List.copyOf(open).forEach(session -> {
            open.remove(session);
            world.history().end(session.user(), session);
        }));
        sessions.clear();
    }
}
