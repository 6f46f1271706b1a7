/** Pages written from the commands: the reference, manual pages, completion. */
@NullMarked
package org.pombal.cli.reference;

import org.jspecify.annotations.NullMarked;
