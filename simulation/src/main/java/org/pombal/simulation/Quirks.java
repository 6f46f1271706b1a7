package org.pombal.simulation;

import org.pombal.model.lease.LeaseRules;
import org.pombal.model.ownership.HandOverRules;
import org.pombal.model.vote.VoteRules;

/** All judgements that a faulty variant may get wrong: the protocol's own, and those of what is around it. */
class Quirks {

    LeaseRules lease() {
        return LeaseRules.PROTOCOL;
    }

    VoteRules vote() {
        return VoteRules.PROTOCOL;
    }

    HandOverRules handOver() {
        return HandOverRules.PROTOCOL;
    }

    /** Whether the node counts this session. */
    boolean counts(MailProcess process) {
        return true;
    }

    /** Whether processes from before the node's time count as anybody's. */
    boolean countsOlder() {
        return true;
    }

    /** Whether leases are written by compare-and-set. */
    boolean comparesLeases() {
        return true;
    }

    /** Whether who breaks a lease reads the electorate anew before asking it, and does not ask the first it ever read. */
    boolean readsElectorateFirst() {
        return true;
    }

    /** Whether a machine goes on only as an incarnation that it has acquired itself, as its state folder says. */
    boolean knowsItsIncarnation() {
        return true;
    }

    /** Whether a user's move is taken back by an entry that takes its place, and not just struck out. */
    boolean replacesWithdrawn() {
        return true;
    }

    /** How many nodes may be exchanged in an electorate at once. */
    int electorateSteps() {
        return 1;
    }
}
