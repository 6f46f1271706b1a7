@NullMarked
package org.pombal.chaos.fault;

import org.jspecify.annotations.NullMarked;
