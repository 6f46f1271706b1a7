@NullMarked
package org.pombal.node.load;

import org.jspecify.annotations.NullMarked;
