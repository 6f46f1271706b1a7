package org.pombal.simulation;

import java.io.PrintStream;
import java.util.Optional;
import org.pombal.simulation.sites.SitesVariants;

/**
 * What was asked for.
 *
 * @param schedulesGiven whether the number of schedules was said, and is not the default
 */
record SimulateOptions(
        long schedules,
        boolean schedulesGiven,
        long seed,
        Optional<Variant> variant,
        Optional<SitesVariants.Variant> sitesVariant,
        Optional<Measured> measured,
        boolean sites,
        boolean listsVariants) {

    /** The class of schedules with several sites, in each of which the promise holds. */
    static final String SITES = "sites";

    private static final long DEFAULT_SCHEDULES = 100_000;

    /** Empty if it cannot be understood; then {@code problems} was told why. */
    static Optional<SimulateOptions> parse(String[] arguments, PrintStream problems) {
        long schedules = DEFAULT_SCHEDULES;
        boolean given = false;
        long seed = 1;
        Optional<Variant> variant = Optional.empty();
        Optional<SitesVariants.Variant> sitesVariant = Optional.empty();
        Optional<Measured> measured = Optional.empty();
        boolean sites = false;
        boolean lists = false;
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--list-variants" -> lists = true;
                    case "--schedules" -> {
                        schedules = positive(value(arguments, i++));
                        given = true;
                    }
                    case "--seed" -> seed = number("--seed", value(arguments, i++));
                    case "--variant" -> {
                        String name = value(arguments, i++);
                        sitesVariant = SitesVariants.named(name);
                        variant = sitesVariant.isPresent() ? Optional.empty() : Optional.of(variant(name));
                    }
                    case "--class" -> {
                        String name = value(arguments, i++);
                        sites = name.equals(SITES);
                        measured = sites ? Optional.empty() : Optional.of(Measured.named(name));
                    }
                    default -> throw new IllegalArgumentException("'" + arguments[i] + "' is not understood");
                }
            }
            if ((variant.isPresent() || sitesVariant.isPresent()) && (measured.isPresent() || sites)) {
                throw new IllegalArgumentException("--variant and --class do not go together");
            }
        } catch (IllegalArgumentException e) {
            problems.println("script/simulate: " + e.getMessage() + "; see script/simulate --help");
            return Optional.empty();
        }
        return Optional.of(new SimulateOptions(schedules, given, seed, variant, sitesVariant, measured, sites, lists));
    }

    private static String value(String[] arguments, int at) {
        if (at + 1 >= arguments.length) {
            throw new IllegalArgumentException(arguments[at] + " needs a value");
        }
        return arguments[at + 1];
    }

    private static long positive(String text) {
        long number = number("--schedules", text);
        if (number < 1) {
            throw new IllegalArgumentException("--schedules is at least 1, not " + text);
        }
        return number;
    }

    private static long number(String option, String text) {
        try {
            return Long.parseLong(text.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " is a whole number, not '" + text + "'", e);
        }
    }

    private static Variant variant(String name) {
        return Simulate.variants().stream()
                .filter(variant -> variant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no variant '" + name + "' (script/simulate --list-variants)"));
    }
}
