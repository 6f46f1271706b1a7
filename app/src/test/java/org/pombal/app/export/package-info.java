@NullMarked
package org.pombal.app.export;

import org.jspecify.annotations.NullMarked;
