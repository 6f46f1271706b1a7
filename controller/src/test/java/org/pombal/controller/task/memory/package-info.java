@NullMarked
package org.pombal.controller.task.memory;

import org.jspecify.annotations.NullMarked;
