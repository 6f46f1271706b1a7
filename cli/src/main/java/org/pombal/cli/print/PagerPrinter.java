package org.pombal.cli.print;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code title: value}, a value a line, rows divided by form feeds (Dovecot's doveadm-print-pager.c). */
final class PagerPrinter implements RowPrinter {

    private final List<Heading> headings;
    private final Appendable out;
    private boolean first = true;

    PagerPrinter(List<Heading> headings, Appendable out) {
        this.headings = List.copyOf(headings);
        this.out = out;
    }

    @Override
    public void row(List<@Nullable String> values) throws IOException {
        if (!first) {
            out.append("\f\n");
        }
        first = false;
        for (int i = 0; i < headings.size(); i++) {
            out.append(headings.get(i).title()).append(": ").append(requireNonNullElse(values.get(i), ""));
            out.append('\n');
        }
    }

    @Override
    public void finish() {}
}
