/** How loaded this backend's machine is, and which of its user groups makes how much of it. */
@NullMarked
package org.pombal.node.load;

import org.jspecify.annotations.NullMarked;
