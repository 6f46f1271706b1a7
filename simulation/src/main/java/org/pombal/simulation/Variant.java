package org.pombal.simulation;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;

/**
 * The protocol with one mistake.
 *
 * @param name by which it is asked for
 * @param mistake what it does wrong
 * @param within how many schedules are enough to catch it
 */
record Variant(String name, String mistake, int within, Supplier<Quirks> quirks) {

    Variant {
        requireNonNull(name, "name is null");
        requireNonNull(mistake, "mistake is null");
        requireNonNull(quirks, "quirks is null");
    }
}
