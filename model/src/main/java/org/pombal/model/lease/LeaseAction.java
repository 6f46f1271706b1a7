package org.pombal.model.lease;

import java.util.Optional;

/** What those who hold or watch a lease want done. Times are nanoseconds of the machine's boot clock. */
public sealed interface LeaseAction {

    /** Read the lease's row; answered by {@link LeaseEvent.Read} or {@link LeaseEvent.ReadFailed}. */
    record Read(boolean serial) implements LeaseAction {}

    /** Compare-and-set; answered by {@link LeaseEvent.Written}, {@link LeaseEvent.Lost} or {@link LeaseEvent.Unknown}. */
    record Write(Optional<Lease> expected, Lease next) implements LeaseAction {}

    /**
     * Ask the electorate whether GeoDB is up, or down; answered by {@link LeaseEvent.Majority} or {@link LeaseEvent.NoMajority}. To
     * confirm "up", for a break, the electorate is read at the serial level first, after this was asked for; to confirm "down", when it
     * cannot be read, that of {@link ReadElectorate} is asked.
     *
     * @param up what is to be confirmed
     */
    record AskElectorate(boolean up) implements LeaseAction {}

    /**
     * Read the electorate, for {@link AskElectorate} later: a holder asks only the electorate that it read since its last applied
     * renewal began.
     */
    record ReadElectorate() implements LeaseAction {}

    /** Users may be served under this incarnation until then; tell the guardian. */
    record Trust(long incarnation, long until) implements LeaseAction {}

    /** Let nobody in, end all of Dovecot now, and report {@link LeaseEvent.DovecotGone}. */
    record Fence(String reason) implements LeaseAction {}

    /** Run the operator's fence command against the machine; answered by {@link LeaseEvent.Fenced}. */
    record RunFenceCommand(Lease lease) implements LeaseAction {}

    /** This process must not go on: another machine bears the name. */
    record Refuse(String message) implements LeaseAction {}

    /** The lease is given back. */
    record Released() implements LeaseAction {}
}
