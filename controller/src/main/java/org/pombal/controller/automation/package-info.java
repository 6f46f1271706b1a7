/** What a controller does by itself: gathers facts, has the model plan, and carries the plans out. */
@NullMarked
package org.pombal.controller.automation;

import org.jspecify.annotations.NullMarked;
