package org.pombal.cli.print;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints rows one by one, in one of doveadm's formats. Not for several threads. */
public interface RowPrinter {

    /**
     * Prints a row, now or later.
     *
     * @param values as many as there are headings; null for what is not known
     * @throws IOException if the output is closed
     */
    void row(List<@Nullable String> values) throws IOException;

    /** Prints what was kept back, if it can be printed before the rest is known. */
    default void soFar() throws IOException {}

    /** Prints what was kept back and ends the output; what a format prints without rows is printed here. */
    void finish() throws IOException;
}
