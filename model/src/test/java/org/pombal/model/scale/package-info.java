@NullMarked
package org.pombal.model.scale;

import org.jspecify.annotations.NullMarked;
