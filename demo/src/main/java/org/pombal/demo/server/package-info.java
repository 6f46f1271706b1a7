/** Real servers that run beside a demo or a test, and end with it. */
@NullMarked
package org.pombal.demo.server;

import org.jspecify.annotations.NullMarked;
