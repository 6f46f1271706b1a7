/** Changes of the cluster, told to whoever listens. */
@NullMarked
package org.pombal.controller.live;

import org.jspecify.annotations.NullMarked;
