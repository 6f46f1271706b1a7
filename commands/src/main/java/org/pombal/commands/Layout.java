package org.pombal.commands;

/** In which of doveadm's formats a command prints when none is asked for. */
public enum Layout {
    /** Rows below titles, for lists. */
    TABLE,
    /** {@code title=value} pairs on a line, for commands with one row. */
    FLOW,
    /** A line for each value, for one row with sentences in it. */
    PAGER
}
