@NullMarked
package org.pombal.controller.task.redis;

import org.jspecify.annotations.NullMarked;
