package org.pombal.geodb;

import static java.util.Objects.requireNonNull;

/** Where a listing goes on. Opaque and printable, so that it may travel in a URL; valid only for the same listing. */
public record PageToken(String value) {

    public PageToken {
        requireNonNull(value, "value is null");
    }
}
