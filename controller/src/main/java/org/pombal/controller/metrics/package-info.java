/** What the cluster looks like in numbers, for Prometheus. */
@NullMarked
package org.pombal.controller.metrics;

import org.jspecify.annotations.NullMarked;
