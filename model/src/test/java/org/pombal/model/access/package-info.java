@NullMarked
package org.pombal.model.access;

import org.jspecify.annotations.NullMarked;
