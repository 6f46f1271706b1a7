/** A real Cassandra as a child process, so that nothing has to be installed to try Pombal on one machine. */
@NullMarked
package org.pombal.geodb.embedded;

import org.jspecify.annotations.NullMarked;
