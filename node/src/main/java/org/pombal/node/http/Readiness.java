package org.pombal.node.http;

import java.util.Optional;

/** Whether the node can do its job now. */
@FunctionalInterface
public interface Readiness {

    /** What stands in the way, in words for an operator; empty if nothing does. */
    Optional<String> obstacle();
}
