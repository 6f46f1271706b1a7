/** Who may do what through the controller's API. */
@NullMarked
package org.pombal.model.access;

import org.jspecify.annotations.NullMarked;
