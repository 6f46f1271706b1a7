/** What happened, judged: pure, and told by others. */
@NullMarked
package org.pombal.chaos.history;

import org.jspecify.annotations.NullMarked;
