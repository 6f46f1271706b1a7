/** Who comes in, and what he may do. */
@NullMarked
package org.pombal.controller.security;

import org.jspecify.annotations.NullMarked;
