@NullMarked
package org.pombal.chaos.load;

import org.jspecify.annotations.NullMarked;
