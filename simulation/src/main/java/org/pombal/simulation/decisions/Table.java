package org.pombal.simulation.decisions;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of text; the first column is left-aligned, the others right. */
final class Table {

    private final String title;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String title, String... heads) {
        this.title = title;
        rows.add(List.of(heads));
    }

    void row(String first, Object... values) {
        List<String> row = new ArrayList<>();
        row.add(first);
        for (Object value : values) {
            row.add(text(value));
        }
        rows.add(row);
    }

    private static String text(Object value) {
        if (value instanceof Double number) {
            return String.format(Locale.ROOT, "%.3f", number);
        }
        if (value instanceof Integer number) {
            return String.format(Locale.ROOT, "%,d", number);
        }
        return value instanceof Long number ? String.format(Locale.ROOT, "%,d", number) : value.toString();
    }

    void print(PrintStream out) {
        out.println(title);
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder("  ");
            for (int i = 0; i < columns; i++) {
                String pad = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? row.get(i) + pad : pad + row.get(i)).append("  ");
            }
            out.println(line.toString().stripTrailing());
        }
        out.println();
    }
}
