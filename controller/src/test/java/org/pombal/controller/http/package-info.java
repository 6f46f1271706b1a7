@NullMarked
package org.pombal.controller.http;

import org.jspecify.annotations.NullMarked;
