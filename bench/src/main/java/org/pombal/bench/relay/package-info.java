/** The relay benchmark: what a node costs between Dovecot's login processes and auth. */
@NullMarked
package org.pombal.bench.relay;

import org.jspecify.annotations.NullMarked;
