/**
 * Whether a machine is set up so that its node can do its job. Looking (programs, sockets, names, GeoDB) and judging are
 * apart: those who look give facts, a check is a function from facts to findings.
 */
@NullMarked
package org.pombal.node.check;

import org.jspecify.annotations.NullMarked;
