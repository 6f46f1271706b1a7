package org.pombal.model.ownership;

/** How hard sessions are made to end. */
public enum Urgency {
    /** Those of clients are asked to end; what delivers, or does something for the operator, may finish it first. */
    POLITE,
    /** All are asked to end. */
    FIRM,
    /** All are killed. */
    FORCED
}
