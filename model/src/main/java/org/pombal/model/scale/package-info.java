/** How many backends a site should have, and how it comes to have so many. */
@NullMarked
package org.pombal.model.scale;

import org.jspecify.annotations.NullMarked;
