/**
 * doveadm's HTTP API for the cluster commands: the protocol here, the commands in {@code commands}.
 *
 * <p>The protocol is that of Dovecot's {@code src/doveadm/client-connection-http.c}; {@link org.pombal.commands.Answer} says
 * what is added to it.
 */
@NullMarked
package org.pombal.node.doveadm;

import org.jspecify.annotations.NullMarked;
