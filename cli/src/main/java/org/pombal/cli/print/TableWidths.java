package org.pombal.cli.print;

import java.util.Arrays;
import java.util.List;

/**
 * How wide the columns of a table are, as doveadm has it: as wide as the widest value; less, down to the shortest value,
 * where the line would be too long; and half of what is left of the line goes to one column.
 *
 * <p>Widths are counted in Unicode characters, whatever room they take on a screen.
 */
final class TableWidths {

    private final List<Heading> headings;
    private final int columns;
    private final int[] shortest;
    private final int[] widths;

    TableWidths(List<Heading> headings, List<List<String>> rows, int columns) {
        this.headings = headings;
        this.columns = columns;
        this.widths =
                headings.stream().mapToInt(heading -> length(heading.title())).toArray();
        this.shortest = widths.clone();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                int length = length(row.get(i));
                shortest[i] = Math.min(shortest[i], length);
                widths[i] = Math.max(widths[i], length);
            }
        }
    }

    int[] widths() {
        int line = Arrays.stream(widths).sum() + widths.length - 1;
        if (line > columns) {
            line = shrink(line);
        }
        if (line < columns && widths.length > 0) {
            widths[expanding()] += (columns - line) / 2;
        }
        return widths.clone();
    }

    /**
     * From the last column to the first, each gives half of what it can, until one can give all that is missing. doveadm
     * takes no account of the halves that were given; so do we, or the tables would differ.
     */
    private int shrink(int line) {
        for (int i = widths.length - 1; i >= 0; i--) {
            int spare = widths[i] - shortest[i];
            if (line - spare <= columns) {
                widths[i] -= line - columns;
                return columns;
            }
            widths[i] -= spare == 1 ? 1 : spare / 2;
        }
        return line;
    }

    private int expanding() {
        for (int i = 0; i < headings.size(); i++) {
            if (headings.get(i).expands()) {
                return i;
            }
        }
        return headings.size() - 1;
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
