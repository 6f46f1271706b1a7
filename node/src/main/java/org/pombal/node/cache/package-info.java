/** Which group is a user's home, in memory: what a login needs that GeoDB has told before. */
@NullMarked
package org.pombal.node.cache;

import org.jspecify.annotations.NullMarked;
