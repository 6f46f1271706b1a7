@NullMarked
package org.pombal.controller.task;

import org.jspecify.annotations.NullMarked;
