@NullMarked
package org.pombal.controller.security;

import org.jspecify.annotations.NullMarked;
