package org.pombal.model.mitigation;

/** What is to be done about a destination. */
public sealed interface MitigationAction {

    Target target();

    /** In words for an operator. */
    String reason();

    /** It gets no new sessions. */
    record TakeOffline(Target target, String reason) implements MitigationAction {}

    /** It gets new sessions again. */
    record BringOnline(Target target, String reason) implements MitigationAction {}

    /** One group leaves the backend; {@link Shedding} says which. */
    record Shed(Target target, String reason) implements MitigationAction {}
}
