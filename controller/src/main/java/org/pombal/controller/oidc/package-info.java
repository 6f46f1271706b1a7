/** Lets in whom an OpenID Connect issuer vouches for. */
@NullMarked
package org.pombal.controller.oidc;

import org.jspecify.annotations.NullMarked;
