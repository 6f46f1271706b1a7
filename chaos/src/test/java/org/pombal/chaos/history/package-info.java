@NullMarked
package org.pombal.chaos.history;

import org.jspecify.annotations.NullMarked;
