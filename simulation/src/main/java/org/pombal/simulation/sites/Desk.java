package org.pombal.simulation.sites;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.placement.User;
import org.pombal.model.site.SiteId;
import org.pombal.model.sitefailover.AwayPlacement;
import org.pombal.model.sitefailover.HomeClaim;
import org.pombal.model.sitefailover.SiteFailover;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;

/**
 * How a site serves users, takes them over and sends them home. Inside the site, which backend serves whom is not looked at: that is what the
 * other simulation is about.
 */
final class Desk {

    private static final int MOST_HOPS = 2;

    private final World world;
    private final SiteNode node;
    private final Map<UserKey, User> homes = new HashMap<>();
    private final Map<UserKey, List<UserSession>> sessions = new HashMap<>();
    private final Set<UserKey> leaving = new HashSet<>();
    private final Map<UserKey, Integer> editions = new HashMap<>();
    private final Set<SiteId> away = new HashSet<>();
    private int generation;
    private boolean ending;

    Desk(World world, SiteNode node) {
        this.world = world;
        this.node = node;
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

    /** Somebody comes. */
    void arrive(UserKey user, int hops) {
        if (homes.containsKey(user) && !leaving.contains(user)) {
            serve(user, generation, edition(user));
            return;
        }
        int asked = generation;
        int edition = edition(user);
        int life = node.life();
        node.geoDb().users().find(user, ReadLevel.SERIAL).thenAccept(row -> {
            if (life == node.life()) {
                row.ifPresent(found -> read(found, hops, asked, edition));
            }
        });
    }

    private int edition(UserKey user) {
        return editions.getOrDefault(user, 0);
    }

    private void read(User row, int hops, int asked, int edition) {
        if (!node.mayServe()) {
            forward(row, hops);
            return;
        }
        HomeClaim claim = world.rules().claim(row, here(), node.trust().term().orElseThrow());
        if (claim instanceof HomeClaim.Here) {
            remember(row, asked, edition);
            serve(row.key(), asked, edition);
        } else if (claim instanceof HomeClaim.Claim claiming) {
            long term = claiming.next().homeTerm();
            int life = node.life();
            node.geoDb().users().update(claiming.next()).thenAccept(outcome -> {
                if (life == node.life()
                        && outcome instanceof Cas.Applied<User> applied
                        && node.trust().term().equals(OptionalLong.of(term))) {
                    remember(applied.row(), asked, edition);
                    serve(row.key(), asked, edition);
                }
            });
        } else {
            elsewhere(row, hops);
        }
    }

    private void remember(User row, int asked, int edition) {
        if (asked == generation && edition == edition(row.key()) && !leaving.contains(row.key())) {
            homes.put(row.key(), row);
        }
    }

    private void serve(UserKey user, int asked, int edition) {
        if (!node.mayServe() || ending || asked != generation || edition != edition(user) || leaving.contains(user)) {
            return;
        }
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

    private void end(UserSession session) {
        List<UserSession> open = sessions.getOrDefault(session.user(), new ArrayList<>());
        if (open.remove(session)) {
            world.history().end(session.user(), session);
            if (open.isEmpty()) {
                sessions.remove(session.user());
                depart(session.user());
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

    /** Takes a user over from a lost site, if the rows allow it. */
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
                .thenAccept(found -> found.ifPresent(row -> node.geoDb()
                        .siteFailovers()
                        .find(row.home().site(), ReadLevel.SERIAL)
                        .thenAccept(failover -> {
                            if (life == node.life() && world.rules().mayTake(failover, row)) {
                                User next = row.takenOver(
                                        AwayPlacement.group(row, node.site(), UsernameHash.WHOLE_NAME), term);
                                node.geoDb().users().update(next).thenAccept(outcome -> {
                                    if (life == node.life() && outcome instanceof Cas.Applied<User> applied) {
                                        remember(applied.row(), asked, edition);
                                    }
                                });
                            }
                        })));
    }

    /** What is to be done without anybody coming. */
    void work(Map<SiteId, SiteFailover> rows) {
        int life = node.life();
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
            leaving.add(row.key());
            editions.merge(row.key(), 1, Integer::sum);
        }
        if (leaving.contains(row.key())) {
            if (world.rules().endsSessionsBeforeHome()) {
                List.copyOf(sessions.getOrDefault(row.key(), List.of())).forEach(session -> world.events()
                        .after(world.chance().milliseconds(1, 900), () -> end(session)));
            }
            depart(row.key());
        }
    }

    private static boolean isRecovering(@Nullable SiteFailover row) {
        return row != null && row.letsSiteServe();
    }

    /** The last session of somebody who goes home is gone. */
    private void depart(UserKey user) {
        boolean gone = !sessions.containsKey(user) || !world.rules().endsSessionsBeforeHome();
        if (!leaving.contains(user) || !gone || !node.mayServe()) {
            return;
        }
        int life = node.life();
        homes.remove(user);
        node.geoDb().users().find(user, ReadLevel.SERIAL).thenAccept(found -> {
            if (life != node.life() || !leaving.contains(user)) {
                return;
            }
            User row = found.orElseThrow();
            if (!row.home().site().equals(here()) || row.origin().isEmpty()) {
                leaving.remove(user);
                return;
            }
            node.geoDb().users().update(row.movedTo(row.trueHome(), row.failover()));
        });
    }

    /** What is remembered is void, and what was asked before is not believed. */
    void forget() {
        generation++;
        homes.clear();
        leaving.clear();
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
