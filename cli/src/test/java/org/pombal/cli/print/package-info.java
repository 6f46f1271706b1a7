@NullMarked
package org.pombal.cli.print;

import org.jspecify.annotations.NullMarked;
