@NullMarked
package org.pombal.bench.cli;

import org.jspecify.annotations.NullMarked;
