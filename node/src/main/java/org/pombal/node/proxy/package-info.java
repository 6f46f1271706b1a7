/** The node beside a Dovecot proxy: gives each session that is to be proxied its destination. */
@NullMarked
package org.pombal.node.proxy;

import org.jspecify.annotations.NullMarked;
