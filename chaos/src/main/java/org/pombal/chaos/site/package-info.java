/** A site of real parts whose hosts are network namespaces, and what can be done to them. */
@NullMarked
package org.pombal.chaos.site;

import org.jspecify.annotations.NullMarked;
