/** What log lines look like and which are written. Lines go to standard error, so that output stays output. */
@NullMarked
package org.pombal.app.log;

import org.jspecify.annotations.NullMarked;
