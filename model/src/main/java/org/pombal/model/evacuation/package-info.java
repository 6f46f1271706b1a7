/** Emptying a backend: where its groups go. */
@NullMarked
package org.pombal.model.evacuation;

import org.jspecify.annotations.NullMarked;
