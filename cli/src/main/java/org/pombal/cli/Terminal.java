package org.pombal.cli;

import java.util.OptionalInt;

/**
 * Which of the standard streams are a terminal. The JDK does not tell one by one, so the launcher does, which asks the
 * kernel: {@code pombal.terminal} holds the digits of those file descriptors, {@code pombal.columns} the width of standard
 * output's.
 *
 * @param columns width of the terminal that standard output is, if it is one
 */
record Terminal(boolean input, boolean output, boolean error, OptionalInt columns) {

    /** What doveadm takes the width to be where there is no terminal, and at least. */
    private static final int USUAL_COLUMNS = 80;

    private static final int MIN_COLUMNS = 30;

    static Terminal ofLauncher() {
        String terminals = System.getProperty("pombal.terminal", "");
        return new Terminal(
                terminals.contains("0"),
                terminals.contains("1"),
                terminals.contains("2"),
                number(System.getProperty("pombal.columns", "")));
    }

    /** The width tables are made for. */
    int tableColumns() {
        return columns.isPresent() ? Math.max(MIN_COLUMNS, columns.getAsInt()) : USUAL_COLUMNS;
    }

    private static OptionalInt number(String text) {
        return text.matches("[0-9]{1,5}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
