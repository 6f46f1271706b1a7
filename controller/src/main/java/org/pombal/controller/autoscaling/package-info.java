/** How many backends a site should have. */
@NullMarked
package org.pombal.controller.autoscaling;

import org.jspecify.annotations.NullMarked;
