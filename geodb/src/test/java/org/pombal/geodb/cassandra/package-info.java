@NullMarked
package org.pombal.geodb.cassandra;

import org.jspecify.annotations.NullMarked;
