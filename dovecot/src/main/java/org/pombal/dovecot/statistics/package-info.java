/** What Dovecot counts, as OpenMetrics. */
@NullMarked
package org.pombal.dovecot.statistics;

import org.jspecify.annotations.NullMarked;
