/** The web interface: the pages of module {@code ui}, given to browsers. */
@NullMarked
package org.pombal.controller.ui;

import org.jspecify.annotations.NullMarked;
