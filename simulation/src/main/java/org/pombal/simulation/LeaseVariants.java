package org.pombal.simulation;

import static org.pombal.simulation.Profile.Theme.COINCIDENCES;

import java.util.List;
import java.util.UUID;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseRules;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.vote.VoteRules;
import org.pombal.simulation.Variant.Sign;

/** Mistakes about leases and votes. */
final class LeaseVariants {

    private static final int FEW = 2_000;
    private static final int SOME = 10_000;
    private static final int MANY = 30_000;

    static final List<Variant> ALL = List.of(
            new Variant(
                    "gap-is-unchanged",
                    "a gap between two reads of a lease counts as if nothing had changed meanwhile",
                    FEW,
                    () -> lease(new LeaseRules() {
                        @Override
                        public boolean stoodStill(Lease first, Lease read, long gap, OwnershipTimings timings) {
                            return gap > timings.readGap().toNanos() || first.isAsIn(read);
                        }
                    })),
            new Variant(
                    "trust-from-the-answer",
                    "a renewal gives trust from when its answer came, not from when it was first tried",
                    MANY,
                    () -> lease(new LeaseRules() {
                        @Override
                        public long trustedUntil(long firstTry, long now, OwnershipTimings timings) {
                            return now + timings.trust().toNanos();
                        }
                    })),
            new Variant(
                    "nobody-is-asked",
                    "leases are broken without a vote, though their holders may live on one",
                    MANY,
                    () -> lease(new LeaseRules() {
                        @Override
                        public boolean allowsTheBreak(long askedAt, long unchangedSince) {
                            return true;
                        }
                    })),
            new Variant(
                    "no-vote-hold",
                    "a voter may say the opposite at once",
                    MANY,
                    () -> vote(new VoteRules() {
                        @Override
                        public boolean maySay(long since, OwnershipTimings timings) {
                            return true;
                        }
                    })),
            new Variant(
                    "plain-leases",
                    "leases are written without conditions, and the later wall clock wins",
                    FEW,
                    () -> new Quirks() {
                        @Override
                        boolean comparesLeases() {
                            return false;
                        }
                    }),
            new Variant(
                    "never-broken",
                    "no majority is enough to break a lease",
                    Sign.STUCK,
                    FEW,
                    () -> lease(new LeaseRules() {
                        @Override
                        public boolean allowsTheBreak(long askedAt, long unchangedSince) {
                            return false;
                        }
                    })),
            new Variant(
                    "namesakes-incarnation",
                    "a machine goes on as the incarnation of another that bears the same name",
                    FEW,
                    () -> new Quirks() {
                        @Override
                        boolean knowsItsIncarnation() {
                            return false;
                        }
                    }),
            new Variant(
                    "predecessors-renewal",
                    "a predecessor's renewal that came late counts as one's own",
                    COINCIDENCES,
                    SOME,
                    () -> lease(new LeaseRules() {
                        @Override
                        public boolean isOwnRenewal(Lease standing, UUID process) {
                            return true;
                        }
                    })),
            new Variant(
                    "majority-for-another-counter",
                    "a majority that was asked for an earlier counter allows a break, too",
                    COINCIDENCES,
                    FEW,
                    () -> lease(new LeaseRules() {
                        @Override
                        public boolean allowsTheBreak(long askedAt, long unchangedSince) {
                            return askedAt != Long.MIN_VALUE;
                        }
                    })),
            new Variant(
                    "unbounded-poll",
                    "answers to a poll count however late they come",
                    COINCIDENCES,
                    FEW,
                    () -> vote(new VoteRules() {
                        @Override
                        public boolean counts(long after, OwnershipTimings timings) {
                            return true;
                        }
                    })),
            new Variant(
                    "electorate-by-leaps",
                    "an electorate changes by several nodes at once",
                    COINCIDENCES,
                    FEW,
                    () -> new Quirks() {
                        @Override
                        int electorateSteps() {
                            return 9;
                        }
                    }),
            new Variant(
                    "electorate-unasked",
                    "an electorate changes without a majority of the one before",
                    COINCIDENCES,
                    FEW,
                    () -> vote(new VoteRules() {
                        @Override
                        public boolean needsMajority() {
                            return false;
                        }
                    })),
            new Variant(
                    "electorate-read-early",
                    "who breaks a lease asks the electorate that it read first",
                    COINCIDENCES,
                    FEW,
                    () -> new Quirks() {
                        @Override
                        boolean readsElectorateFirst() {
                            return false;
                        }
                    }));

    private LeaseVariants() {}

    private static Quirks lease(LeaseRules rules) {
        return new Quirks() {
            @Override
            LeaseRules lease() {
                return rules;
            }
        };
    }

    private static Quirks vote(VoteRules rules) {
        return new Quirks() {
            @Override
            VoteRules vote() {
                return rules;
            }
        };
    }
}
