/** The sessions of a backend, counted by process, and how they are ended. Confined to the ownership loop. */
@NullMarked
package org.pombal.node.session;

import org.jspecify.annotations.NullMarked;
