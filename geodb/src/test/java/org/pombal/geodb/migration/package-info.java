@NullMarked
package org.pombal.geodb.migration;

import org.jspecify.annotations.NullMarked;
