@NullMarked
package org.pombal.bench.moves;

import org.jspecify.annotations.NullMarked;
