/** Names of users, and how a name on the wire becomes the key that places them. */
@NullMarked
package org.pombal.model.user;

import org.jspecify.annotations.NullMarked;
