@NullMarked
package org.pombal.cli.reference;

import org.jspecify.annotations.NullMarked;
