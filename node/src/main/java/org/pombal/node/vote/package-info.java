/**
 * Votes on whether GeoDB is up, from node to node (decision 0010, "When GeoDB is away"): this node's own, and the questions to the others.
 * Everything here happens on the {@link org.pombal.node.ownership.OwnershipLoop}.
 */
@NullMarked
package org.pombal.node.vote;

import org.jspecify.annotations.NullMarked;
