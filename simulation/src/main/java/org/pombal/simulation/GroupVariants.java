package org.pombal.simulation;

import java.util.List;
import java.util.Set;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.ownership.HandOverRules;
import org.pombal.model.user.UserKey;
import org.pombal.simulation.Profile.Theme;
import org.pombal.simulation.Variant.Sign;

/** Mistakes about groups, their moves and takeovers, and about what counts as a session. */
final class GroupVariants {

    private static final int FEW = 2_000;
    private static final int MANY = 30_000;

    static final List<Variant> ALL = List.of(
            new Variant(
                    "takeover-without-break",
                    "a group is taken over by compare-and-set of its row, from an owner that is merely silent",
                    FEW,
                    () -> handOver(new HandOverRules() {
                        @Override
                        public boolean mayTakeOver(boolean ownerIsOver, boolean ownerIsSilent) {
                            return ownerIsOver || ownerIsSilent;
                        }
                    })),
            new Variant(
                    "break-without-claim",
                    "a backend serves groups whose row names it, under whatever incarnation",
                    FEW,
                    () -> handOver(new HandOverRules() {
                        @Override
                        public boolean owns(UserGroup row, BackendId self, long incarnation) {
                            return row.backend().equals(self);
                        }
                    })),
            new Variant(
                    "idle-before-gate",
                    "who remains is found out before the gate is closed",
                    FEW,
                    () -> handOver(new HandOverRules() {
                        @Override
                        public Set<UserKey> remaining(
                                Set<UserKey> nowThatTheGateIsClosed, Set<UserKey> whenTheMoveWasSeen) {
                            return whenTheMoveWasSeen;
                        }
                    })),
            new Variant(
                    "abort-after-handover",
                    "an owner takes a move back that takes long, though the destination lives",
                    FEW,
                    () -> handOver(new HandOverRules() {
                        @Override
                        public boolean mayTakeBack(boolean destinationIsOver) {
                            return true;
                        }
                    })),
            new Variant(
                    "takeover-to-a-third",
                    "a group in hand-over whose owner is gone goes to a third backend, though the destination lives",
                    MANY,
                    () -> handOver(new HandOverRules() {
                        @Override
                        public boolean mayTakeElsewhere(boolean destinationIsOver) {
                            return true;
                        }
                    })),
            new Variant(
                    "stale-home",
                    "what a former owner remembers of a user's group counts for ever",
                    MANY,
                    () -> handOver(new HandOverRules() {
                        @Override
                        public boolean homeStands(long epochBeforeItWasRead, long nobodyLeftSince, long epochNow) {
                            return true;
                        }
                    })),
            new Variant(
                    "unseen-rows",
                    "what is remembered of a user's group counts over changes of its row that were not seen",
                    MANY,
                    () -> handOver(new HandOverRules() {
                        @Override
                        public boolean nobodyLeft(UserGroup before, UserGroup next) {
                            return before.leaving().isEmpty() && next.leaving().isEmpty();
                        }
                    })),
            new Variant(
                    "leavers-overlooked",
                    "what is remembered of a user's group counts though the row has named users as leaving since",
                    MANY,
                    () -> handOver(new HandOverRules() {
                        @Override
                        public boolean nobodyLeft(UserGroup before, UserGroup next) {
                            return next.epoch() == before.epoch() + 1;
                        }
                    })),
            new Variant("who-only", "only sessions that doveadm who shows are counted", FEW, () -> new Quirks() {
                @Override
                boolean counts(MailProcess process) {
                    return !process.isDelivery();
                }
            }),
            new Variant(
                    "timeout-is-finished",
                    "sessions that were asked to end count as ended after a while",
                    FEW,
                    () -> handOver(new HandOverRules() {
                        @Override
                        public boolean haveEnded(boolean left, long sinceKick) {
                            return !left || sinceKick >= 900 * Chance.MILLISECOND;
                        }
                    })),
            new Variant(
                    "end-not-seen",
                    "sessions count as living for ever once they were asked to end",
                    Sign.STUCK,
                    FEW,
                    () -> handOver(new HandOverRules() {
                        @Override
                        public boolean haveEnded(boolean left, long sinceKick) {
                            return false;
                        }
                    })),
            new Variant(
                    "done-before-gone",
                    "a user is written down as moved before the sessions are gone",
                    FEW,
                    () -> handOver(new HandOverRules() {
                        @Override
                        public boolean haveEnded(boolean left, long sinceKick) {
                            return true;
                        }
                    })),
            new Variant(
                    "commit-with-a-session",
                    "a move is committed while a session of the group is left",
                    FEW,
                    () -> handOver(new HandOverRules() {
                        @Override
                        public boolean mayCommit(boolean allDone, boolean sessionLeft) {
                            return true;
                        }
                    })),
            new Variant(
                    "older-processes-ignored",
                    "processes from before a restart of the node, of which it does not know the user, do not count",
                    FEW,
                    () -> new Quirks() {
                        @Override
                        boolean countsOlder() {
                            return false;
                        }
                    }),
            new Variant(
                    "no-confirmation",
                    "a restarted node believes a row whose hand-over its predecessor may have issued",
                    Theme.COINCIDENCES,
                    FEW,
                    () -> handOver(new HandOverRules() {
                        @Override
                        public boolean confirmsAfterRestart() {
                            return false;
                        }
                    })),
            new Variant(
                    "departure-unconfirmed",
                    "an owner that is none any more, and has yet to notice, carries a departure out a second time",
                    Theme.COINCIDENCES,
                    FEW,
                    () -> handOver(new HandOverRules() {
                        @Override
                        public boolean confirmsDepartures() {
                            return false;
                        }
                    })),
            new Variant(
                    "user-move-struck-out",
                    "who takes a user's move back removes it from the group's row, and lets nobody write the user's",
                    Theme.COINCIDENCES,
                    FEW,
                    () -> new Quirks() {
                        @Override
                        boolean replacesWithdrawn() {
                            return false;
                        }
                    }),
            new Variant(
                    "stay-not-written",
                    "a user whose move was taken back is let in when the row has been read, and not written",
                    Theme.COINCIDENCES,
                    FEW,
                    () -> handOver(new HandOverRules() {
                        @Override
                        public boolean writesWhoStays() {
                            return false;
                        }
                    })),
            new Variant(
                    "remaining-after-restart",
                    "a restarted node lets remaining users in whose 'done' its predecessor may have issued",
                    Theme.COINCIDENCES,
                    MANY,
                    () -> handOver(new HandOverRules() {
                        @Override
                        public boolean staysAfterRestart(boolean hasCountedSession) {
                            return true;
                        }
                    })));

    private GroupVariants() {}

    private static Quirks handOver(HandOverRules rules) {
        return new Quirks() {
            @Override
            HandOverRules handOver() {
                return rules;
            }
        };
    }
}
