/** LocalDB: what a proxy's node keeps of GeoDB across restarts, in an SQLite file of its own. Only ever a cache. */
@NullMarked
package org.pombal.node.localdb;

import org.jspecify.annotations.NullMarked;
