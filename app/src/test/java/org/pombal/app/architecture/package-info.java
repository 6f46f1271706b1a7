/** The house rules that a compiler does not know. */
@NullMarked
package org.pombal.app.architecture;

import org.jspecify.annotations.NullMarked;
