package org.pombal.operations;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/** What still depends on something: how many, and the first of them by name. Counting ends where the number says enough. */
final class Dependents {

    /** Above this it is only said that there are more. */
    static final int ENOUGH = 10_000;

    private static final int SHOWN = 10;

    private final String kind;
    private final List<String> first = new ArrayList<>();
    private int count;

    /** @param kind in the plural: "backends" */
    Dependents(String kind) {
        this.kind = kind;
    }

    void add(String name) {
        count++;
        if (first.size() < SHOWN) {
            first.add(name);
        }
    }

    int count() {
        return count;
    }

    boolean areNone() {
        return count == 0;
    }

    boolean areEnough() {
        return count >= ENOUGH;
    }

    /** As "12 backends (a, b, ...)". */
    @Override
    public String toString() {
        String names = first.stream().collect(joining(", ")) + (count > SHOWN ? ", ..." : "");
        String counted = count == 1 ? kind.replaceFirst("s\\b", "") : kind;
        return (areEnough() ? count + " or more " : count + " ") + counted + " (" + names + ")";
    }
}
