package org.pombal.node.doveadm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pombal.commands.Answer;
import org.pombal.commands.Column;

/** A row of a command's output, or a note among them. */
public final class Row {

    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final boolean note;

    private Row(boolean note) {
        this.note = note;
    }

    /** A row that gets its values by {@link #with}. */
    public static Row row() {
        return new Row(false);
    }

    /** How far a long command is. */
    public static Row progress(String text) {
        return new Row(true).with(Answer.PROGRESS, text);
    }

    /** Something that failed while the command goes on. */
    public static Row failure(String message, int exitCode) {
        return new Row(true).with(Answer.ERROR, message).with(Answer.EXIT_CODE, exitCode);
    }

    /** @param value a number for a column of numbers, else text; null if it is not known */
    public Row with(String column, @Nullable Object value) {
        values.put(column, value instanceof Number || value == null ? value : value.toString());
        return this;
    }

    /** What is absent is shown as an empty text. */
    public Row with(String column, Optional<?> value) {
        return with(column, value.map(Object::toString).orElse(""));
    }

    public Row with(String column, boolean value) {
        return with(column, value ? "yes" : "no");
    }

    /** Whether it tells of the command and not of the cluster. */
    boolean isNote() {
        return note;
    }

    /** Its values, in the order of the columns. */
    Map<String, @Nullable Object> values(List<Column> columns) {
        if (note) {
            return values;
        }
        Map<String, @Nullable Object> ordered = new LinkedHashMap<>();
        for (Column column : columns) {
            if (!values.containsKey(column.title())) {
                throw new IllegalStateException("the row has no value for column " + column.title());
            }
            ordered.put(column.title(), values.get(column.title()));
        }
        if (ordered.size() != values.size()) {
            throw new IllegalStateException("the row has a value of no column: " + values.keySet());
        }
        return ordered;
    }
}
