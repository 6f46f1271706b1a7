package org.pombal.node.routing;

import org.pombal.model.routing.Route;

/** What a proxy is told about a user. */
public sealed interface Answer {

    /** Connect there. */
    record Go(Destination destination, Route route) implements Answer {}

    /** Not now; {@code reason} is for the log. */
    record Unavailable(String reason) implements Answer {}
}
