@NullMarked
package org.pombal.app.log;

import org.jspecify.annotations.NullMarked;
