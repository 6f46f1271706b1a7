/** Dovecot backends: their names, statuses and share of a site's load. */
@NullMarked
package org.pombal.model.backend;

import org.jspecify.annotations.NullMarked;
