/** Benchmarks: the built product side by side with its peers. */
@NullMarked
package org.pombal.bench;

import org.jspecify.annotations.NullMarked;
