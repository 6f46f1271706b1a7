/** What probes of a server say about it. */
@NullMarked
package org.pombal.model.probe;

import org.jspecify.annotations.NullMarked;
