/** GeoDB's schema in Cassandra: numbered migrations, who applies them, and the check at a node's start. */
@NullMarked
package org.pombal.geodb.migration;

import org.jspecify.annotations.NullMarked;
