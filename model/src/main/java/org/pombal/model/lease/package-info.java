/** Leases: how a backend, or a leader, proves to everybody that it lives, and everybody that it does not (decision 0010). */
@NullMarked
package org.pombal.model.lease;

import org.jspecify.annotations.NullMarked;
