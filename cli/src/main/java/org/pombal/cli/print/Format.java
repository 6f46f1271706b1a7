package org.pombal.cli.print;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** doveadm's output formats, as {@code -f} names them. */
public enum Format {
    FLOW,
    PAGER,
    TAB,
    TABLE,
    JSON;

    public static Optional<Format> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.toString().equals(name))
                .findFirst();
    }

    /**
     * @param hideTitles leaves the line of titles out, where a format has one
     * @param columns width of the terminal
     */
    public RowPrinter printer(List<Heading> headings, boolean hideTitles, int columns, Appendable out) {
        return switch (this) {
            case FLOW -> new FlowPrinter(headings, out);
            case PAGER -> new PagerPrinter(headings, out);
            case TAB -> new TabPrinter(headings, hideTitles, out);
            case TABLE -> new TablePrinter(headings, hideTitles, columns, out);
            case JSON -> new JsonPrinter(headings, out);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
