/** What nodes report of themselves. */
@NullMarked
package org.pombal.model.node;

import org.jspecify.annotations.NullMarked;
