package org.pombal.app;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Opens every jar of the program. Java opens one when it first looks for a class there, and a package that is upgraded puts other
 * files in their places while the former program still runs: what that opened before, it goes on with.
 */
final class OpenLibraries {

    /** A name that no jar has, so that all are asked. */
    private static final String NOWHERE = "org/pombal/app/there-is-no-such-file";

    private OpenLibraries() {}

    /** In the background: it takes some hundredths of a second, and a start has no time for that. */
    static void open() {
        Thread thread = new Thread(OpenLibraries::look, "open-libraries");
        thread.setDaemon(true);
        thread.start();
    }

    private static void look() {
        try {
            if (ClassLoader.getSystemResources(NOWHERE).hasMoreElements()) {
                throw new IllegalStateException("there is a " + NOWHERE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the program's libraries", e);
        }
    }
}
