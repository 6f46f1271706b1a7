@NullMarked
package org.pombal.operations;

import org.jspecify.annotations.NullMarked;
