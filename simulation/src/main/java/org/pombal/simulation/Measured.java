package org.pombal.simulation;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Schedules of a class of their own: with faults that the promise does not cover under {@code cluster_takeover = lease}.
 *
 * @param holds whether nobody may be served twice in it
 */
record Measured(Profile.Kind kind, String name, String text, boolean holds) {

    static final List<Measured> ALL = List.of(
            new Measured(
                    Profile.Kind.FROZEN,
                    "frozen",
                    "machines that stand still and wake again, cluster_takeover=lease",
                    false),
            new Measured(
                    Profile.Kind.FROZEN_FENCED,
                    "frozen-fenced",
                    "machines that stand still and wake again, cluster_takeover=fenced",
                    true),
            new Measured(
                    Profile.Kind.UNGUARDED,
                    "unguarded",
                    "node, guardian and watcher killed at once, cluster_takeover=lease",
                    false),
            new Measured(
                    Profile.Kind.UNGUARDED_FENCED,
                    "unguarded-fenced",
                    "node, guardian and watcher killed at once, cluster_takeover=fenced",
                    true));

    /** @throws IllegalArgumentException if there is none of that name */
    static Measured named(String name) {
        return ALL.stream()
                .filter(each -> each.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no class '" + name + "', but "
                        + ALL.stream().map(Measured::name).collect(Collectors.joining(", ")) + ", "
                        + SimulateOptions.SITES));
    }

    /** How to have schedules of this class again. */
    String option() {
        return " --class " + name;
    }
}
