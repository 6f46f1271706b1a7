@NullMarked
package org.pombal.geodb.memory;

import org.jspecify.annotations.NullMarked;
