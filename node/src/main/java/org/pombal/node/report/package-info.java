/** What the node tells GeoDB of itself and of its Dovecot. */
@NullMarked
package org.pombal.node.report;

import org.jspecify.annotations.NullMarked;
