/** The moves benchmark: what users notice when they are moved, when a backend is emptied, stopped or killed. */
@NullMarked
package org.pombal.bench.moves;

import org.jspecify.annotations.NullMarked;
