/** What several benchmarks need: options, the page the figures go to, a GeoDB, waits. */
@NullMarked
package org.pombal.bench.kit;

import org.jspecify.annotations.NullMarked;
