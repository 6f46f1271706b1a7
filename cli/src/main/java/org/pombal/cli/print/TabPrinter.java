package org.pombal.cli.print;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Titles, then rows, values divided by tabs (Dovecot's doveadm-print-tab.c). */
final class TabPrinter implements RowPrinter {

    private final List<Heading> headings;
    private final Appendable out;
    private boolean titlesDue;

    TabPrinter(List<Heading> headings, boolean hideTitles, Appendable out) {
        this.headings = List.copyOf(headings);
        this.titlesDue = !hideTitles;
        this.out = out;
    }

    @Override
    public void row(List<@Nullable String> values) throws IOException {
        titles();
        line(values);
    }

    @Override
    public void finish() throws IOException {
        titles();
    }

    private void titles() throws IOException {
        if (titlesDue) {
            titlesDue = false;
            line(headings.stream().map(Heading::title).toList());
        }
    }

    private void line(List<? extends @Nullable String> values) throws IOException {
        for (int i = 0; i < headings.size(); i++) {
            out.append(i == 0 ? "" : "\t").append(requireNonNullElse(values.get(i), ""));
        }
        out.append('\n');
    }
}
