@NullMarked
package org.pombal.controller.task.work;

import org.jspecify.annotations.NullMarked;
