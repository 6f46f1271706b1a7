/** Who queues tasks, and who does them. */
@NullMarked
package org.pombal.controller.task.work;

import org.jspecify.annotations.NullMarked;
