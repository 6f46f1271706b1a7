/** Sites, backends and groups in memory, kept up to date by GeoDB's changes. */
@NullMarked
package org.pombal.node.topology;

import org.jspecify.annotations.NullMarked;
