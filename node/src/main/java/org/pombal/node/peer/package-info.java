/**
 * What the nodes of a site ask one another: votes on GeoDB, and where a user is while the group moves. HTTP with JSON bodies and a key
 * that all nodes share.
 */
@NullMarked
package org.pombal.node.peer;

import org.jspecify.annotations.NullMarked;
