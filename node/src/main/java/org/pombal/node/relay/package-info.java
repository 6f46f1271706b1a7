/** The relay between Dovecot's processes and its auth process: sockets, framing, conversations. Knows no cluster. */
@NullMarked
package org.pombal.node.relay;

import org.jspecify.annotations.NullMarked;
