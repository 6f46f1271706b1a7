package org.pombal.model.forcemove;

/**
 * The judgements about users who are moved because they log in, each in one place. The defaults are the protocol (decision 0025); the simulation
 * replaces one at a time by a wrong one.
 */
public interface ForceMoveRules {

    /** The protocol as it is. */
    ForceMoveRules PROTOCOL = new ForceMoveRules() {};

    /** Whether a login waits at the door until its user's departure is written. */
    default boolean waitsForDeparture() {
        return true;
    }

    /** Whether the door stays closed to a user from when the departure is written until the user's row leads elsewhere. */
    default boolean holdsWhoLeaves() {
        return true;
    }
}
