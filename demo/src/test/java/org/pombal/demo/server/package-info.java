@NullMarked
package org.pombal.demo.server;

import org.jspecify.annotations.NullMarked;
