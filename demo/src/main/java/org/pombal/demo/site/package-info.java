/** A whole site of real parts on loopback addresses: Dovecot proxies with their nodes, Dovecot backends, a GeoDB. */
@NullMarked
package org.pombal.demo.site;

import org.jspecify.annotations.NullMarked;
