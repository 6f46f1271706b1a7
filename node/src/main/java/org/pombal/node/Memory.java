package org.pombal.node;

import org.pombal.node.localdb.KeptTopology;
import org.pombal.node.routing.KnownUsers;
import org.pombal.node.topology.TopologySync;

/** What a node remembers. */
interface Memory extends KnownUsers, TopologySync.KeptKnowledge {

    /** What was kept from an earlier run. */
    KeptTopology earlier();

    /** Writes out what is to survive, and ends. */
    void stop() throws InterruptedException;
}
