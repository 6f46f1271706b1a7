/**
 * Mail clients that do just enough to show who serves a user: log in, deliver, read. Every wait is bounded, and an error
 * repeats what the server said.
 */
@NullMarked
package org.pombal.demo.mail;

import org.jspecify.annotations.NullMarked;
