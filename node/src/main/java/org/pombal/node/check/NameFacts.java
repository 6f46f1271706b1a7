package org.pombal.node.check;

import java.net.InetAddress;
import java.util.List;

/**
 * What a host name resolves to.
 *
 * @param addresses none if it does not resolve
 * @param reason why it does not resolve; empty if it does
 */
record NameFacts(GeoDbFacts.NamedHost host, List<InetAddress> addresses, String reason) {

    NameFacts {
        addresses = List.copyOf(addresses);
    }
}
