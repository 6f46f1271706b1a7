/** From a user to a route: memory first, then LocalDB, then GeoDB; first assignment of users and groups. */
@NullMarked
package org.pombal.node.routing;

import org.jspecify.annotations.NullMarked;
