@NullMarked
package org.pombal.model.feature;

import org.jspecify.annotations.NullMarked;
