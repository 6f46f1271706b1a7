/** Getting and keeping a GeoDB that may be away for long. */
@NullMarked
package org.pombal.geodb.connection;

import org.jspecify.annotations.NullMarked;
