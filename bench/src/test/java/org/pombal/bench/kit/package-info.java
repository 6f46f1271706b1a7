@NullMarked
package org.pombal.bench.kit;

import org.jspecify.annotations.NullMarked;
