/** Work that a site's controller has done in the background: what a task is, and what becomes of one. */
@NullMarked
package org.pombal.model.task;

import org.jspecify.annotations.NullMarked;
