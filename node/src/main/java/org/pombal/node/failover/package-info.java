/**
 * Watches the leases of the site's backends, breaks those that stand still, and takes over the groups of backends that are gone (decision
 * 0010). Everything here happens on the {@link org.pombal.node.ownership.OwnershipLoop}.
 */
@NullMarked
package org.pombal.node.failover;

import org.jspecify.annotations.NullMarked;
