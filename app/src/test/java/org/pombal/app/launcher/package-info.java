@NullMarked
package org.pombal.app.launcher;

import org.jspecify.annotations.NullMarked;
