package org.pombal.cli.print;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Titles above rows, in columns (Dovecot's doveadm-print-table.c). The first hundred rows decide how wide the columns are;
 * a longer value in a later row moves what follows it to the right. Nothing is cut off.
 */
final class TablePrinter implements RowPrinter {

    private static final int ROWS_TO_MEASURE = 100;

    private final List<Heading> headings;
    private final boolean hideTitles;
    private final int columns;
    private final Appendable out;
    private final List<List<String>> measured = new ArrayList<>();
    private int[] widths = {};
    private boolean widthsKnown;

    TablePrinter(List<Heading> headings, boolean hideTitles, int columns, Appendable out) {
        this.headings = List.copyOf(headings);
        this.hideTitles = hideTitles;
        this.columns = columns;
        this.out = out;
    }

    @Override
    public void row(List<@Nullable String> values) throws IOException {
        List<String> row = new ArrayList<>(values.size());
        values.forEach(value -> row.add(requireNonNullElse(value, "")));
        if (widthsKnown) {
            line(row);
            return;
        }
        if (measured.size() == ROWS_TO_MEASURE) {
            printMeasured();
            line(row);
        } else {
            measured.add(row);
        }
    }

    @Override
    public void soFar() throws IOException {
        if (!measured.isEmpty()) {
            printMeasured();
        }
    }

    @Override
    public void finish() throws IOException {
        if (!widthsKnown) {
            printMeasured();
        }
    }

    private void printMeasured() throws IOException {
        widths = new TableWidths(headings, measured, columns).widths();
        widthsKnown = true;
        if (!hideTitles) {
            line(headings.stream().map(Heading::title).toList());
        }
        for (List<String> row : measured) {
            line(row);
        }
        measured.clear();
    }

    private void line(List<String> values) throws IOException {
        for (int i = 0; i < headings.size(); i++) {
            String blanks = " ".repeat(Math.max(0, widths[i] - TableWidths.length(values.get(i))));
            if (headings.get(i).toTheRight()) {
                out.append(blanks).append(values.get(i));
            } else {
                out.append(values.get(i)).append(blanks);
            }
            out.append(i + 1 < headings.size() ? ' ' : '\n');
        }
    }
}
