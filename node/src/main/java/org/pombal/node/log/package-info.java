/** Logging that stays readable when something fails a thousand times a second. */
@NullMarked
package org.pombal.node.log;

import org.jspecify.annotations.NullMarked;
