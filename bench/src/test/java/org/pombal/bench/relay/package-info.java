@NullMarked
package org.pombal.bench.relay;

import org.jspecify.annotations.NullMarked;
