/** Where users are placed, and first placement: the group of a new user, the backend of a new group. Pure and stable across versions. */
@NullMarked
package org.pombal.model.placement;

import org.jspecify.annotations.NullMarked;
