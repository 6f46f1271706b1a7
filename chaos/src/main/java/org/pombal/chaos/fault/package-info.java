/** What goes wrong, and when: drawn from a seed. */
@NullMarked
package org.pombal.chaos.fault;

import org.jspecify.annotations.NullMarked;
