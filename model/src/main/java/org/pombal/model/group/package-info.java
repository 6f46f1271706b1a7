/** User groups: the unit that moves between backends. */
@NullMarked
package org.pombal.model.group;

import org.jspecify.annotations.NullMarked;
