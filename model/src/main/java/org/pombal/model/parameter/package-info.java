/** The ranges of what decisions are made by. */
@NullMarked
package org.pombal.model.parameter;

import org.jspecify.annotations.NullMarked;
