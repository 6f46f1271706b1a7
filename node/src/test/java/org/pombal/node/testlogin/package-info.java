@NullMarked
package org.pombal.node.testlogin;

import org.jspecify.annotations.NullMarked;
