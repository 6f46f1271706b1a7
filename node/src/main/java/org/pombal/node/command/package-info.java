/** Runs the operator's programs. */
@NullMarked
package org.pombal.node.command;

import org.jspecify.annotations.NullMarked;
