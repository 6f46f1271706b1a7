/** What people and programs changed, and why. */
@NullMarked
package org.pombal.model.audit;

import org.jspecify.annotations.NullMarked;
