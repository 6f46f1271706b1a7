package org.pombal.controller.settings;

import java.util.Locale;

/** Who says how many backends a site should have. */
public enum ScalerKind {
    /** Nobody: as many as there are. */
    DEFAULT,
    /** The load. */
    LOAD,
    /** A class of the operator's. */
    CLASS,
    /** A program of the operator's. */
    COMMAND,
    /** A service of the operator's. */
    HTTP;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
