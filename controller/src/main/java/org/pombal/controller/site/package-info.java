/** What the controller does for its site. */
@NullMarked
package org.pombal.controller.site;

import org.jspecify.annotations.NullMarked;
