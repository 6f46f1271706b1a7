/** Lets people come in with a browser, and keeps them in for a while. */
@NullMarked
package org.pombal.controller.browser;

import org.jspecify.annotations.NullMarked;
