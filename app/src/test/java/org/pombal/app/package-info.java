@NullMarked
package org.pombal.app;

import org.jspecify.annotations.NullMarked;
