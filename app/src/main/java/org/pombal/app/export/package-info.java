/** Routes of users as a file for Dovecot, for the day on which proxies have to run without Pombal. */
@NullMarked
package org.pombal.app.export;

import org.jspecify.annotations.NullMarked;
