/** Where a user's sessions go, and why. */
@NullMarked
package org.pombal.model.routing;

import org.jspecify.annotations.NullMarked;
