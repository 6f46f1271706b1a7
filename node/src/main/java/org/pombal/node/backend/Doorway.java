package org.pombal.node.backend;

import java.util.concurrent.CompletionStage;
import org.pombal.node.ownership.Arrival;

/** Where those who want in arrive. */
@FunctionalInterface
public interface Doorway {

    /** What is decided; within the limits for holding, never an exception. */
    CompletionStage<Arrival.Outcome> arrive(Arrival arrival);
}
