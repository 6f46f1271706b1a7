package org.pombal.cli.print;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code title=value title=value}, a row a line (Dovecot's doveadm-print-flow.c). */
final class FlowPrinter implements RowPrinter {

    private final List<Heading> headings;
    private final Appendable out;

    FlowPrinter(List<Heading> headings, Appendable out) {
        this.headings = List.copyOf(headings);
        this.out = out;
    }

    @Override
    public void row(List<@Nullable String> values) throws IOException {
        for (int i = 0; i < headings.size(); i++) {
            out.append(headings.get(i).title()).append('=').append(requireNonNullElse(values.get(i), ""));
            out.append(i + 1 < headings.size() ? ' ' : '\n');
        }
    }

    @Override
    public void finish() {}
}
