@NullMarked
package org.pombal.controller.api;

import org.jspecify.annotations.NullMarked;
