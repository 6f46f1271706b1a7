@NullMarked
package org.pombal.geodb.settings;

import org.jspecify.annotations.NullMarked;
