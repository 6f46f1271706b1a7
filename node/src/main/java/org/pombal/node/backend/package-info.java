/** The node beside a Dovecot backend: lets in the users that are the backend's, and sends on or refuses all others. */
@NullMarked
package org.pombal.node.backend;

import org.jspecify.annotations.NullMarked;
