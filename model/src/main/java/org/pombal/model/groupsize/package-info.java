/** How many users a group has: groups of like size, and more or fewer groups. */
@NullMarked
package org.pombal.model.groupsize;

import org.jspecify.annotations.NullMarked;
