/** Output formats, as doveadm prints them. */
@NullMarked
package org.pombal.cli.print;

import org.jspecify.annotations.NullMarked;
