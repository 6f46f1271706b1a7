@NullMarked
package org.pombal.controller.metrics;

import org.jspecify.annotations.NullMarked;
