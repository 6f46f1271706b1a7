/** The built product against real parts: Dovecot 2.3 and 2.4, Cassandra, and mail clients that nobody here wrote. */
@NullMarked
package org.pombal.acceptance;

import org.jspecify.annotations.NullMarked;
