/** Small, strict mail clients, and who really served them. */
@NullMarked
package org.pombal.demo.mail;

import org.jspecify.annotations.NullMarked;
