@NullMarked
package org.pombal.controller.browser;

import org.jspecify.annotations.NullMarked;
