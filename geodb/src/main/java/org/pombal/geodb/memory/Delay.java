package org.pombal.geodb.memory;

import java.time.Duration;

/** Runs something later: a simulation's queue of events. */
@FunctionalInterface
public interface Delay {

    void run(Duration after, Runnable task);
}
