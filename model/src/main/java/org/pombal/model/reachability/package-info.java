/** Which site reaches which, as their proxies find it. */
@NullMarked
package org.pombal.model.reachability;

import org.jspecify.annotations.NullMarked;
