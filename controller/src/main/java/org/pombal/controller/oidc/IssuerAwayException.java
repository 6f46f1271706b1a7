package org.pombal.controller.oidc;

import org.jspecify.annotations.Nullable;

/** The issuer had to be asked, and did not answer as one. */
public final class IssuerAwayException extends Exception {

    private static final long serialVersionUID = 1L;

    IssuerAwayException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
