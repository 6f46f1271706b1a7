/** Votes on whether GeoDB is up, for backends that cannot reach it (decision 0010, "When GeoDB is away"). */
@NullMarked
package org.pombal.model.vote;

import org.jspecify.annotations.NullMarked;
