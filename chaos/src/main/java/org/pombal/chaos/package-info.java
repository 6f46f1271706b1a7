/** The command {@code script/chaos}. */
@NullMarked
package org.pombal.chaos;

import org.jspecify.annotations.NullMarked;
