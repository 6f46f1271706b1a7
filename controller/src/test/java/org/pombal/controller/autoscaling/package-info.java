@NullMarked
package org.pombal.controller.autoscaling;

import org.jspecify.annotations.NullMarked;
