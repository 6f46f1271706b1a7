/** Which users of a site or backend are moved because an operator wants a percentage of them elsewhere, and where they go (decision 0025). */
@NullMarked
package org.pombal.model.forcemove;

import org.jspecify.annotations.NullMarked;
