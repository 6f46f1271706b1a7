package org.pombal.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/** Shows how far a command is: on a terminal one line that is written anew, elsewhere a line every ten seconds. */
final class ProgressLine {

    private static final long INTERVAL_NANOS = 10_000_000_000L;
    /** What begins so is to be read also after the command has ended. */
    private static final String NOTE = "note: ";

    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream err;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private boolean shown;
    private long lastAt;

    /** @param nanoTime as {@link System#nanoTime()} */
    ProgressLine(PrintStream err, boolean terminal, LongSupplier nanoTime) {
        this.err = requireNonNull(err, "err is null");
        this.terminal = terminal;
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    }

    void show(String text) {
        if (text.startsWith(NOTE)) {
            clear();
            err.println(text);
            return;
        }
        if (terminal) {
            err.print(CLEAR + text);
            err.flush();
            shown = true;
            return;
        }
        long now = nanoTime.getAsLong();
        if (!shown || now - lastAt >= INTERVAL_NANOS) {
            err.println(text);
            lastAt = now;
            shown = true;
        }
    }

    /** Makes room for a line of another kind. */
    void clear() {
        if (terminal && shown) {
            err.print(CLEAR);
            err.flush();
            shown = false;
        }
    }
}
