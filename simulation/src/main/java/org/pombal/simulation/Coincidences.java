package org.pombal.simulation;

import static java.util.stream.Collectors.toCollection;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pombal.model.lease.LeaseAction;
import org.pombal.model.ownership.GroupAction;
import org.pombal.model.vote.VoterId;

/**
 * What harms only if several things coincide, which chance alone brings about once in millions of schedules. Here the things are done on
 * purpose; when exactly is left to chance. Each schedule is about one kind: a victim, which is a backend, and its ally lose GeoDB while
 * others do not, or a node dies while something it has asked for is under way.
 */
final class Coincidences {

    /** Voters say nothing until they have run for a while, and an electorate changes one by one. */
    private static final int SETTLED = 11_000;

    private final Site site;
    private final Chance chance;
    private final Host victim;
    private final Host ally;
    private final Host third;
    private final List<Host> others;
    private boolean stalls;
    private Predicate<Object> fatal = action -> false;
    private @Nullable Host drowsy;
    private @Nullable Host wondering;
    private boolean regrets;
    private boolean misses;

    Coincidences(Site site) {
        this.site = site;
        this.chance = site.chance();
        List<Host> rest = new ArrayList<>(site.voterHosts());
        this.victim = chance.one(site.backendHosts());
        rest.remove(victim);
        this.ally = chance.one(rest);
        rest.remove(ally);
        this.third = chance.one(rest);
        rest.remove(third);
        this.others = List.copyOf(rest);
    }

    void begin() {
        if (site.profile().theme() != Profile.Theme.COINCIDENCES) {
            return;
        }
        // The last two are about users who go to another group.
        int kind = site.groupIds().size() > 1 && chance.in(40) ? chance.between(8, 9) : chance.below(8);
        site.trace(() -> "coincidence " + kind + ": victim " + victim.name() + ", ally " + ally.name() + ", third "
                + third.name());
        switch (kind) {
            case 0 -> whenSettled(this::theVictimAndItsAllyAreCutOff);
            case 1 -> whenSettled(this::theElectorateChangesMeanwhile);
            case 2 -> whenSettled(this::theElectorateChangesAsItWasAgreedBefore);
            case 3 -> whenSettled(this::theVictimComesBackDuringAPoll);
            case 4 -> whenSettled(this::aPollIsAnsweredLate);
            case 5 -> later(2_000, 5_000, this::aPredecessorRenewsLate);
            case 6 -> later(2_000, 4_000, this::aPredecessorHandsOverLate);
            case 7 -> later(2_000, 4_000, this::aPredecessorLetsAUserGoLate);
            case 8 -> later(2_000, 4_000, this::aUserIsWrittenAfterAChangeOfMind);
            default -> later(2_000, 4_000, this::anOwnerMissesAChangeOfMind);
        }
    }

    private void whenSettled(Runnable task) {
        wantVictimAllyAndThird();
        later(SETTLED, SETTLED + 3_000, task);
    }

    private void wantVictimAllyAndThird() {
        site.wantVoters(voters(Stream.of(victim, ally, third)));
    }

    private void wantTheOthers() {
        site.wantVoters(voters(Stream.concat(Stream.of(third), others.stream())));
    }

    private static SortedSet<VoterId> voters(Stream<Host> hosts) {
        return hosts.map(host -> new VoterId(host.name())).collect(toCollection(TreeSet::new));
    }

    private void later(int least, int most, Runnable task) {
        site.events().after(chance.milliseconds(least, most), () -> {
            if (!site.isHealed()) {
                task.run();
            }
        });
    }

    private void cutOff(Host host, int least, int most) {
        long duration = chance.milliseconds(least, most);
        site.trace(() -> host.name() + ": cut off from GeoDB for " + duration / Chance.MILLISECOND + " ms");
        site.network().cut(host.name() + ">geodb", duration);
    }

    /** They are a majority of the electorate, though not of all nodes. */
    private void theVictimAndItsAllyAreCutOff() {
        cutOff(victim, 10_000, 16_000);
        cutOff(ally, 12_000, 16_000);
        later(20_000, 22_000, this::theVictimAndItsAllyAreCutOff);
    }

    /** To one in which they are no majority. */
    private void theElectorateChangesMeanwhile() {
        cutOff(victim, 12_000, 18_000);
        cutOff(ally, 14_000, 18_000);
        later(0, 1_000, this::wantTheOthers);
    }

    /** A majority agrees to it, and only then are those cut off who were that majority, before they hear of it. */
    private void theElectorateChangesAsItWasAgreedBefore() {
        stalls = true;
        wantTheOthers();
    }

    /** Controllers, between a majority's answer and the change that it allows. */
    void agreed(ControllerNode controller) {
        if (stalls) {
            long pause = chance.milliseconds(4_000, 5_000);
            controller.pause(pause);
            site.events().after(pause - chance.milliseconds(0, 500), () -> {
                if (stalls && !site.isHealed()) {
                    stalls = false;
                    cutOff(victim, 14_000, 18_000);
                    cutOff(ally, 14_000, 18_000);
                }
            });
        }
    }

    /** It renews when a majority has just allowed to break its lease, and later lives on a majority of its own. */
    private void theVictimComesBackDuringAPoll() {
        cutOff(victim, 5_500, 7_200);
        later(5_000, 5_000, () -> site.network().slow(3 * Chance.SECOND));
        later(9_500, 12_000, this::theVictimAndItsAllyAreCutOff);
    }

    /** One voter is asked, and answers, when another whose answer counts as well has long said the opposite to the victim. */
    private void aPollIsAnsweredLate() {
        cutOff(victim, 22_000, 26_000);
        cutOff(third, 12_500, 13_500);
        later(5_000, 5_500, () -> site.network()
                .hold(third.name(), victim.name(), 3 * Chance.SECOND, 14 * Chance.SECOND));
        later(7_000, 8_500, () -> cutOff(ally, 16_000, 18_000));
    }

    /** A node dies while its last renewal is under way; the next one reads, is stopped, and goes on when that has been applied for long. */
    private void aPredecessorRenewsLate() {
        fatal = action -> action instanceof LeaseAction.Write;
        later(16_000, 20_000, this::aPredecessorRenewsLate);
    }

    /** A node dies while its hand-over is under way; the next one does not learn for a while whether the destination is there. */
    private void aPredecessorHandsOverLate() {
        site.groupIds().forEach(group -> site.controller().move(group, false));
        fatal = action ->
                action instanceof GroupAction.WriteRow write && write.next().isInHandover();
        later(8_000, 12_000, this::aPredecessorHandsOverLate);
    }

    /** A node dies while it is being written that a user is gone; the next one has others to see to first. */
    private void aPredecessorLetsAUserGoLate() {
        site.groupIds().forEach(group -> site.controller().move(group, false));
        fatal = action -> action instanceof GroupAction.WriteDone;
        later(8_000, 12_000, this::aPredecessorLetsAUserGoLate);
    }

    /** An operator takes a user's move back while the change of the user's row is under way, which arrives late. */
    private void aUserIsWrittenAfterAChangeOfMind() {
        site.users().forEach(user -> site.controller().moveUser(user));
        regrets = true;
        later(6_000, 8_000, this::aUserIsWrittenAfterAChangeOfMind);
    }

    /**
     * An owner is cut off when it is about to read a user who leaves. The move is taken back, which another backend sees to when it has taken
     * the group over; then the first one gets to read the user.
     */
    private void anOwnerMissesAChangeOfMind() {
        site.users().forEach(user -> site.controller().moveUser(user));
        misses = true;
        later(16_000, 20_000, this::anOwnerMissesAChangeOfMind);
    }

    /** Whether the process dies while this is under way. */
    boolean diesDuring(NodeProcess node, Object action) {
        if (!(node instanceof BackendNode)
                || !fatal.test(action)
                || (action instanceof LeaseAction && node.host() != victim)) {
            return false;
        }
        fatal = next -> false;
        if (action instanceof LeaseAction) {
            drowsy = node.host();
        } else if (action instanceof GroupAction.WriteRow) {
            wondering = node.host();
            later(4_000, 5_000, () -> wondering = null);
        }
        return true;
    }

    /** Called before a process asks for this. */
    void asks(NodeProcess node, Object action) {
        if (node.host() == wondering && action instanceof GroupAction.ReadLease) {
            site.faults().loseNext(node.writer());
        }
        if (misses && action instanceof GroupAction.ReadUser read) {
            misses = false;
            cutOff(node.host(), 9_000, 14_000);
            later(500, 3_000, () -> site.controller().withdrawUser(read.user()));
        }
        if (regrets
                && action instanceof GroupAction.WriteUser write
                && !write.departure().isStayIn(write.row().home())) {
            regrets = false;
            site.faults().delayNextCompareAndSet(node.writer());
            later(0, 200, () -> site.controller().withdrawUser(write.row().key()));
        }
    }

    /** How long the process is stopped when it has asked for this; 0 if it is not. */
    long stopAfter(NodeProcess node, Object action) {
        if (node.host() != drowsy || !(action instanceof LeaseAction.Read)) {
            return 0;
        }
        drowsy = null;
        long pause = chance.milliseconds(3_500, 7_000);
        site.events().after(pause + chance.milliseconds(500, 950), () -> cutOff(node.host(), 8_000, 12_000));
        return pause;
    }
}
