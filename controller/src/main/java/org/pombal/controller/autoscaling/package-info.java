/** Who says how many backends a site should have, and who has them started and stopped. */
@NullMarked
package org.pombal.controller.autoscaling;

import org.jspecify.annotations.NullMarked;
