/** What the demo shows: users that speak every protocol through the proxy, and who really served them. */
@NullMarked
package org.pombal.demo.tour;

import org.jspecify.annotations.NullMarked;
