/** Logins of the test user, by which backends and sites are judged that nobody uses. */
@NullMarked
package org.pombal.node.testlogin;

import org.jspecify.annotations.NullMarked;
