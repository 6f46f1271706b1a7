/** The load: a stand-in for Dovecot's auth, and a generator of logins; each runs as a process of its own. */
@NullMarked
package org.pombal.bench.load;

import org.jspecify.annotations.NullMarked;
