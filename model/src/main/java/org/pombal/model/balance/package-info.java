/** Spreading a site's load over its backends by moving groups: plans, their reasons, and what no plan can do better. */
@NullMarked
package org.pombal.model.balance;

import org.jspecify.annotations.NullMarked;
