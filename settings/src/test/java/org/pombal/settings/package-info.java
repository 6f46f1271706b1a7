@NullMarked
package org.pombal.settings;

import org.jspecify.annotations.NullMarked;
