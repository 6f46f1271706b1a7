package org.pombal.cli.print;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.IntStream;
import org.pombal.commands.ClusterCommand;
import org.pombal.commands.Column;

/**
 * The head of a column, with what doveadm's formats know about one.
 *
 * @param key the JSON member
 * @param title what the other formats print
 * @param toTheRight whether a table puts its values to the right
 * @param number whether JSON has its values without quotes
 * @param expands whether a table gives it the room that is left on the line; the first such column gets it
 */
public record Heading(String key, String title, boolean toTheRight, boolean number, boolean expands) {

    public Heading {
        requireNonNull(key, "key is null");
        requireNonNull(title, "title is null");
    }

    /** The command's columns. The first says what a row is about and gets the room that is left. */
    public static List<Heading> of(ClusterCommand command) {
        return IntStream.range(0, command.columns().size())
                .mapToObj(i -> of(command.columns().get(i), i == 0))
                .toList();
    }

    private static Heading of(Column column, boolean first) {
        return new Heading(column.title(), column.title(), column.number(), column.number(), first);
    }
}
