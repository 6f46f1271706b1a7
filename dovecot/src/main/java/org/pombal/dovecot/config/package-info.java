/** Configuration for Dovecot 2.3 and 2.4 and for HAProxy: typed values in, text out. */
@NullMarked
package org.pombal.dovecot.config;

import org.jspecify.annotations.NullMarked;
