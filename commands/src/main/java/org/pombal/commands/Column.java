package org.pombal.commands;

import static java.util.Objects.requireNonNull;

/**
 * A column of a command's output.
 *
 * @param title lower-case words with hyphens; also the JSON member
 * @param number whether its values are numbers: to the right in tables, and unquoted in JSON
 * @param description one line, for the reference
 */
public record Column(String title, boolean number, String description) {

    public Column {
        requireNonNull(title, "title is null");
        requireNonNull(description, "description is null");
    }

    static Column text(String title, String description) {
        return new Column(title, false, description);
    }

    static Column number(String title, String description) {
        return new Column(title, true, description);
    }
}
