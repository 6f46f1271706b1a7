/** The {@code pombal} program: commands, their exit codes, and the list of all settings. */
@NullMarked
package org.pombal.app;

import org.jspecify.annotations.NullMarked;
