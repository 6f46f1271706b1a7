@NullMarked
package org.pombal.model.task;

import org.jspecify.annotations.NullMarked;
