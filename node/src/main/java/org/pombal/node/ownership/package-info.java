/**
 * A backend's part in the ownership protocol (decision 0010): drives the state machines of {@code model} with GeoDB, the guardian and
 * Dovecot's processes. Everything here happens on one thread, the {@link org.pombal.node.ownership.OwnershipLoop}.
 */
@NullMarked
package org.pombal.node.ownership;

import org.jspecify.annotations.NullMarked;
