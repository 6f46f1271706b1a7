/** GeoDB's settings and what they mean for the connection to Cassandra. */
@NullMarked
package org.pombal.geodb.settings;

import org.jspecify.annotations.NullMarked;
