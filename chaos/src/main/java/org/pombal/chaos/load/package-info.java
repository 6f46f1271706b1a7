/** Mail clients, mail and operators that go on all the time. */
@NullMarked
package org.pombal.chaos.load;

import org.jspecify.annotations.NullMarked;
