/** Questions to Dovecot's userdb on auth's master socket; the protocol is that of {@code src/lib-auth-client/auth-master.c}. */
@NullMarked
package org.pombal.dovecot.userdb;

import org.jspecify.annotations.NullMarked;
