package org.pombal.simulation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pombal.model.backend.BackendId;
import org.pombal.model.ownership.Urgency;
import org.pombal.model.user.UserKey;

/** A machine: its clocks, its Dovecot with the guardian, its state folder, and our process on it, if there is one. */
final class Host implements History.Place {

    private final Site site;
    private final String name;
    private final BackendId backend;
    private final Guardian guardian = new Guardian(this);
    private final List<MailProcess> processes = new ArrayList<>();
    private final List<Runnable> whenThawed = new ArrayList<>();
    private final Set<MailProcess> unknownToTheNode = new HashSet<>();
    private BootClock clock;

    private long skew;
    private long heldIncarnation;
    private boolean frozen;
    private long thawedAt;
    private @Nullable NodeProcess node;

    Host(Site site, String name, BackendId backend) {
        this.site = site;
        this.name = name;
        this.backend = backend;
        this.clock = newClock();
    }

    private BootClock newClock() {
        int most = site.profile().driftMillionths();
        return new BootClock(
                site.events(),
                site.chance().milliseconds(0, 10_000) - site.events().now(),
                site.chance().between(-most, most));
    }

    Site site() {
        return site;
    }

    @Override
    public String name() {
        return name;
    }

    BackendId backend() {
        return backend;
    }

    Guardian guardian() {
        return guardian;
    }

    BootClock clock() {
        return clock;
    }

    /** How far the wall clock is ahead, in nanoseconds. */
    long skew() {
        return skew;
    }

    List<MailProcess> processes() {
        return processes;
    }

    @Nullable
    NodeProcess node() {
        return node;
    }

    boolean isUp() {
        return node != null && !node.isDead();
    }

    void start(NodeProcess process) {
        node = process;
    }

    /** What the state folder says to the next process, if it is kept until then. */
    OptionalLong heldIncarnation() {
        return heldIncarnation == 0 ? OptionalLong.empty() : OptionalLong.of(heldIncarnation);
    }

    void holds(long incarnation) {
        heldIncarnation = incarnation;
    }

    void loseState() {
        heldIncarnation = 0;
        unknownToTheNode.addAll(processes);
    }

    /** The next node process does not know whose the processes are that run now. */
    void forgetUsers() {
        unknownToTheNode.addAll(processes);
    }

    boolean isUnknown(MailProcess process) {
        return unknownToTheNode.contains(process);
    }

    void jumpClock(long by) {
        skew += by;
        if (node != null) {
            node.clockJumped();
        }
    }

    /** The power is cut: nothing is left of what ran, and of what was kept in memory. */
    void powerCycle() {
        if (node != null) {
            node.kill();
        }
        List.copyOf(processes).forEach(MailProcess::vanish);
        loseState();
        guardian.forget();
        guardian.start();
        thaw();
        clock = newClock();
    }

    void freeze(long duration) {
        if (!frozen) {
            frozen = true;
            site.trace(() -> name + ": the whole machine stands still for " + duration / Chance.MILLISECOND + " ms");
            site.events().after(duration, this::thaw);
        }
    }

    void thaw() {
        if (frozen) {
            frozen = false;
            thawedAt = site.events().now();
            site.trace(() -> name + ": the machine goes on");
            List<Runnable> waiting = List.copyOf(whenThawed);
            whenThawed.clear();
            waiting.forEach(Runnable::run);
            if (node != null) {
                node.drain();
            }
        }
    }

    @Override
    public boolean isFrozen() {
        return frozen;
    }

    @Override
    public long thawedAt() {
        return thawedAt;
    }

    void whenThawed(Runnable task) {
        if (frozen) {
            // Woken up, everybody runs at once, and not in the order that would be kindest.
            whenThawed.add(() -> site.events().after(site.chance().milliseconds(0, 100), task));
        } else {
            task.run();
        }
    }

    MailProcess newProcess(UserKey user, boolean delivery) {
        MailProcess process = new MailProcess(this, site.nextNumber(), user, delivery);
        processes.add(process);
        return process;
    }

    /** Asks the user's sessions to end; by force they do, gently only perhaps. */
    void endSessions(UserKey user, Urgency urgency) {
        for (MailProcess process : processes) {
            boolean concerned = urgency != Urgency.POLITE || !process.isDelivery();
            if (concerned && process.isSession() && process.user().equals(user)) {
                end(process, urgency == Urgency.FORCED);
            }
        }
    }

    void endUnknown() {
        for (MailProcess process : processes) {
            if (isUnknown(process)) {
                end(process, true);
            }
        }
    }

    private void end(MailProcess process, boolean force) {
        Chance chance = site.chance();
        if (force) {
            // Now and then a process waits for its disk and dies late.
            process.dieAfter(chance.once(20) ? chance.milliseconds(100, 6_000) : chance.milliseconds(1, 40));
        } else if (chance.in(80)) {
            process.dieAfter(chance.milliseconds(1, 1_500));
        }
    }

    void gone(MailProcess process) {
        processes.remove(process);
        unknownToTheNode.remove(process);
        NodeProcess current = node;
        if (current instanceof BackendNode backendNode) {
            site.events()
                    .after(site.chance().milliseconds(1, 15), () -> backendNode.run(() -> backendNode.gone(process)));
        }
        guardian.noneLeft();
    }

    void dovecotGone() {
        if (node instanceof BackendNode backendNode) {
            site.events().after(site.chance().milliseconds(1, 15), () -> backendNode.run(backendNode::dovecotGone));
        }
    }

    @Override
    public String toString() {
        return requireNonNull(name);
    }
}
