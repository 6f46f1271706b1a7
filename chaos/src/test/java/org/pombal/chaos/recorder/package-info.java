@NullMarked
package org.pombal.chaos.recorder;

import org.jspecify.annotations.NullMarked;
