/** The command line: {@code pombal cluster ...}, and {@code doveadm cluster ...} through a wrapper. */
@NullMarked
package org.pombal.cli;

import org.jspecify.annotations.NullMarked;
