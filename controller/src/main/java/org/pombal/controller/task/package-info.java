/** The queues of tasks of a site: what is asked of them, in this process or over Redis. */
@NullMarked
package org.pombal.controller.task;

import org.jspecify.annotations.NullMarked;
