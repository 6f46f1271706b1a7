package org.pombal.simulation;

import java.util.function.Supplier;

/** Where the story of a schedule goes; nowhere, unless somebody wants to read it. */
@FunctionalInterface
interface Trace {

    Trace NONE = line -> {};

    void say(Supplier<String> line);
}
