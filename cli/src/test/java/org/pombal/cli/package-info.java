@NullMarked
package org.pombal.cli;

import org.jspecify.annotations.NullMarked;
