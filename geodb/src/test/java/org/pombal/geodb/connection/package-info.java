@NullMarked
package org.pombal.geodb.connection;

import org.jspecify.annotations.NullMarked;
