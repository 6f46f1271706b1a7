/** Who had which mailbox open, by the kernel's word. */
@NullMarked
package org.pombal.chaos.recorder;

import org.jspecify.annotations.NullMarked;
