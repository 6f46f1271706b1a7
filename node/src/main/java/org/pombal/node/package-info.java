/** The daemon beside every Dovecot proxy: its settings, what it remembers, and how it is put together. */
@NullMarked
package org.pombal.node;

import org.jspecify.annotations.NullMarked;
