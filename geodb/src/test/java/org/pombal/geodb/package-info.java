@NullMarked
package org.pombal.geodb;

import org.jspecify.annotations.NullMarked;
