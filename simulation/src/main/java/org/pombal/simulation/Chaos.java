package org.pombal.simulation;

import java.util.List;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.user.UserKey;

/** What befalls machines, network and GeoDB, and what operators do meanwhile. */
final class Chaos {

    private static final int HOUR = 3_600_000;

    private final Site site;
    private final Chance chance;

    Chaos(Site site) {
        this.site = site;
        this.chance = site.chance();
    }

    void begin() {
        disasters();
        operators();
    }

    private void disasters() {
        site.events().after(chance.milliseconds(10, 2 * site.profile().disasterEvery()), () -> {
            if (!site.isHealed()) {
                disaster(chance.one(site.backendHosts()));
                disasters();
            }
        });
    }

    private void operators() {
        site.events().after(chance.milliseconds(10, 2 * site.profile().moveEvery()), () -> {
            if (!site.isHealed()) {
                operate();
                operators();
            }
        });
    }

    private void disaster(Host host) {
        if (site.profile().kind().freezes() && chance.in(40)) {
            host.freeze(chance.milliseconds(200, 15_000));
            return;
        }
        if (site.profile().kind().losesGuardians() && chance.in(40)) {
            unguard(host);
            return;
        }
        Profile.Theme theme = site.profile().theme();
        boolean outage = theme == Profile.Theme.OUTAGES && chance.in(60);
        if ((outage && chance.in(60)) || (theme == Profile.Theme.VOTES && chance.in(85))) {
            split();
            return;
        }
        switch (outage ? chance.between(6, 10) : chance.below(14)) {
            case 0, 1 -> crash(host, false);
            case 2 -> crash(host, true);
            case 3 -> powerCycle(host);
            case 4, 5 -> pause(host);
            case 6 -> cut(host.name(), "cut off");
            case 7, 8 -> cut(host.name() + ">geodb", "cut off from GeoDB");
            case 9, 10 -> {
                long duration = chance.milliseconds(500, 14_000);
                site.trace(() -> "GeoDB is away for " + duration / Chance.MILLISECOND + " ms");
                site.faults().away(duration);
            }
            case 11 -> {
                site.trace(() -> host.name() + ": the guardian dies");
                host.guardian().crash();
            }
            case 12 -> {
                site.trace(() -> host.name() + ": the wall clock jumps");
                host.jumpClock(chance.milliseconds(-HOUR, HOUR));
            }
            default -> stop(host);
        }
    }

    void crash(Host host, boolean losesState) {
        crash(host, losesState, chance.milliseconds(50, chance.in(15) ? 12_000 : 1_500));
    }

    private void crash(Host host, boolean losesState, long downFor) {
        NodeProcess node = host.node();
        if (node == null || node.isDead()) {
            return;
        }
        site.trace(() -> host.name() + ": node killed" + (losesState ? ", its state folder lost" : ""));
        node.kill();
        if (losesState) {
            host.loseState();
        } else if (chance.in(40)) {
            host.forgetUsers();
        }
        site.restartLater(host, downFor);
    }

    /** Node, guardian and watcher are killed at once: nobody is left to end the sessions, until all three are started again. */
    private void unguard(Host host) {
        if (host.isUp()) {
            long duration = chance.milliseconds(1_000, 30_000);
            site.trace(() -> host.name() + ": node, guardian and watcher killed");
            crash(host, false, duration + 500 * Chance.MILLISECOND);
            host.guardian().killedWithItsWatcher();
            site.events().after(duration, host.guardian()::start);
        }
    }

    private void powerCycle(Host host) {
        site.trace(() -> host.name() + ": power cut");
        host.powerCycle();
        site.restartLater(host, chance.milliseconds(1_000, 12_000));
    }

    private void pause(Host host) {
        NodeProcess node = host.node();
        if (node != null) {
            node.pause(chance.milliseconds(100, 12_000));
        }
    }

    private void cut(String what, String how) {
        cut(what, how, chance.milliseconds(300, 14_000));
    }

    private void cut(String what, String how, long duration) {
        site.trace(() -> what + ": " + how + " for " + duration / Chance.MILLISECOND + " ms");
        site.network().cut(what, duration);
    }

    /** GeoDB is there for some, and not for others, each for another while. */
    private void split() {
        int share = chance.between(30, 80);
        Host worst = chance.one(site.backendHosts());
        for (Host host : site.voterHosts()) {
            if (host == worst) {
                cut(host.name() + ">geodb", "cut off from GeoDB", chance.milliseconds(6_000, 14_000));
            } else if (chance.in(share)) {
                cut(host.name() + ">geodb", "cut off from GeoDB", chance.milliseconds(300, 12_000));
            }
        }
    }

    private void stop(Host host) {
        if (host.node() instanceof BackendNode node && !node.isDead()) {
            site.trace(() -> host.name() + ": is stopped by its operator");
            node.run(node::release);
        }
    }

    private void moveUser(UserKey user) {
        site.controller().moveUser(user);
        if (chance.in(40)) {
            site.events().after(chance.milliseconds(10, 3_000), () -> site.controller()
                    .withdrawUser(user));
        }
    }

    private void operate() {
        Host host = chance.one(site.backendHosts());
        boolean votes =
                switch (site.profile().theme()) {
                    case VOTES -> chance.in(85);
                    case OUTAGES -> chance.in(50);
                    default -> false;
                };
        switch (votes ? 2 : chance.below(9)) {
            case 0 -> site.setStatus(host.backend(), chance.one(List.of(BackendStatus.values())));
            case 1 -> site.controller().withdraw(chance.one(site.groupIds()));
            case 2 -> site.changeWantedVoters();
            case 3, 4 -> moveUser(chance.one(site.users()));
            default -> site.controller().move(chance.one(site.groupIds()), chance.in(30));
        }
    }
}
