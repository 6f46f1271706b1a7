@NullMarked
package org.pombal.controller.live;

import org.jspecify.annotations.NullMarked;
