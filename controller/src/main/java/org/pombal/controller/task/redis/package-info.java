/** Queues in Redis, for controllers that are several processes. */
@NullMarked
package org.pombal.controller.task.redis;

import org.jspecify.annotations.NullMarked;
