package org.pombal.cli;

import java.io.IOException;

/** Nobody reads the standard output any more. */
final class OutputClosedException extends IOException {

    private static final long serialVersionUID = 1L;

    OutputClosedException() {
        super("standard output is closed");
    }
}
