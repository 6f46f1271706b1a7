/** Who may serve a group's users, how groups and users move, and how they are taken over (decision 0010). */
@NullMarked
package org.pombal.model.ownership;

import org.jspecify.annotations.NullMarked;
