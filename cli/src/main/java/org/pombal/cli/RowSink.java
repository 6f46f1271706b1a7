package org.pombal.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pombal.cli.print.RowPrinter;
import org.pombal.cli.wire.AnswerSink;

/** Prints rows as they come, tells progress and failures on the standard error, and remembers the worst exit code. */
final class RowSink implements AnswerSink {

    /** So that a reader who has gone is noticed, and rows are seen while more are waited for. */
    private static final int ROWS_BETWEEN_FLUSHES = 100;

    private final List<String> columns;
    private final RowPrinter printer;
    private final Output output;
    private final ProgressLine progress;
    private final Complaints complaints;
    private long rows;

    RowSink(List<String> columns, RowPrinter printer, Output output, ProgressLine progress, Complaints complaints) {
        this.columns = List.copyOf(columns);
        this.printer = requireNonNull(printer, "printer is null");
        this.output = requireNonNull(output, "output is null");
        this.progress = requireNonNull(progress, "progress is null");
        this.complaints = requireNonNull(complaints, "complaints is null");
    }

    @Override
    public void row(Map<String, @Nullable String> values) throws IOException {
        progress.clear();
        printer.row(columns.stream().<@Nullable String>map(values::get).toList());
        if (++rows % ROWS_BETWEEN_FLUSHES == 0) {
            output.flush();
        }
    }

    @Override
    public void progress(String text) throws IOException {
        // More may take long: what there is so far can be read meanwhile.
        printer.soFar();
        output.flush();
        progress.show(text);
    }

    @Override
    public void failed(int exitCode, String message) {
        progress.clear();
        complaints.add(exitCode, message);
    }

    /** Prints what was kept back. */
    void finish() throws IOException {
        progress.clear();
        printer.finish();
        output.flush();
    }

    long rows() {
        return rows;
    }
}
