/** Whether the Dovecot beside this node still answers. */
@NullMarked
package org.pombal.node.probe;

import org.jspecify.annotations.NullMarked;
