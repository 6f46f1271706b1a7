/** Queues in the memory of this process. */
@NullMarked
package org.pombal.controller.task.memory;

import org.jspecify.annotations.NullMarked;
