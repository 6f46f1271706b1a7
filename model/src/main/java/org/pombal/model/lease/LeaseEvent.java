package org.pombal.model.lease;

import java.util.Optional;

/** What happens to those who hold or watch a lease. Each request is answered by exactly one event. */
public sealed interface LeaseEvent {

    /** Time has passed. */
    record Tick() implements LeaseEvent {}

    /** The answer to {@link LeaseAction.Read}. {@code serial} says at which level it was read. */
    record Read(Optional<Lease> row, boolean serial) implements LeaseEvent {}

    /** {@link LeaseAction.Read} was not answered. */
    record ReadFailed() implements LeaseEvent {}

    /** What {@link LeaseAction.Write} asked for stands. */
    record Written(Lease row) implements LeaseEvent {}

    /** What {@link LeaseAction.Write} asked for does not stand; whether it did for a moment is not known. */
    record Lost(Optional<Lease> current) implements LeaseEvent {}

    /** What came of {@link LeaseAction.Write} is not known; it may still be applied later. */
    record Unknown() implements LeaseEvent {}

    /**
     * A majority of the electorate said within the limit what {@link LeaseAction.AskElectorate} asked about.
     *
     * @param begunAt when the asking began: before the first question, and before the electorate was read for it
     */
    record Majority(boolean up, long begunAt) implements LeaseEvent {}

    /** {@link LeaseAction.AskElectorate} found no majority. */
    record NoMajority(boolean up) implements LeaseEvent {}

    /** No process of Dovecot is left on this machine. */
    record DovecotGone() implements LeaseEvent {}

    /** The operator's fence command for an incarnation has ended. */
    record Fenced(long incarnation, boolean succeeded) implements LeaseEvent {}

    /** Somebody says that the row is otherwise now. It is not believed, but read. */
    record Hint() implements LeaseEvent {}

    /** The lease is to be given back. */
    record ReleaseAsked() implements LeaseEvent {}
}
