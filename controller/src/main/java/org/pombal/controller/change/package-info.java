/** Changes that requests ask for: carried out, and written into the audit log. */
@NullMarked
package org.pombal.controller.change;

import org.jspecify.annotations.NullMarked;
