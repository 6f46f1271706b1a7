/**
 * Dovecot's configuration in force, as {@code doveconf} prints it.
 *
 * <pre>
 * output  = "# " release " (" hash "): " file LF *( comment / setting / opening / "}" )
 * setting = name " = " [ value ]                ; quoted if it begins or ends with a space
 * opening = kind [ " " name ] " {"              ; sections can hold sections
 * </pre>
 *
 * <p>Secrets are not printed, unless empty. Source: {@code src/config/doveconf.c} of 2.3.19.1 and 2.4.1.
 */
@NullMarked
package org.pombal.dovecot.doveconf;

import org.jspecify.annotations.NullMarked;
