/** A client of Dovecot's own doveadm HTTP API. */
@NullMarked
package org.pombal.dovecot.doveadm;

import org.jspecify.annotations.NullMarked;
