/**
 * GeoDB, the only shared truth: what the rest of Pombal asks of it. Implementations live in sub-packages and pass one
 * contract suite.
 */
@NullMarked
package org.pombal.geodb;

import org.jspecify.annotations.NullMarked;
