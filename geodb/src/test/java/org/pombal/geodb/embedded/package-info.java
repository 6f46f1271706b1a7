@NullMarked
package org.pombal.geodb.embedded;

import org.jspecify.annotations.NullMarked;
