/** How long a command of the command line takes. */
@NullMarked
package org.pombal.bench.cli;

import org.jspecify.annotations.NullMarked;
