/**
 * The {@code doveadm cluster} commands as data: their names, parameters, help and output columns. The command line and the
 * HTTP server both take them from here and check what they are given by the same code.
 *
 * <p>On the wire the commands are those of doveadm's HTTP API; {@link org.pombal.commands.Answer} says what we add to it.
 */
@NullMarked
package org.pombal.commands;

import org.jspecify.annotations.NullMarked;
