@NullMarked
package org.pombal.node.probe;

import org.jspecify.annotations.NullMarked;
