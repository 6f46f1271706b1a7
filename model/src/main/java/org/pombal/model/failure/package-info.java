/** What failures are called where operators read of them. */
@NullMarked
package org.pombal.model.failure;

import org.jspecify.annotations.NullMarked;
