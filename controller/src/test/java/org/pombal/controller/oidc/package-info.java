@NullMarked
package org.pombal.controller.oidc;

import org.jspecify.annotations.NullMarked;
