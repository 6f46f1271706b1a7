/** Host names to addresses. */
@NullMarked
package org.pombal.node.address;

import org.jspecify.annotations.NullMarked;
