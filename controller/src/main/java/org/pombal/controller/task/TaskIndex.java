package org.pombal.controller.task;

import java.util.Locale;
import java.util.regex.Pattern;
import org.pombal.model.task.TaskId;
import org.pombal.model.task.TaskOrder;

/** Where a task stands in the list of all: by the time at which it was queued, then by id. As texts these sort like that. */
public final class TaskIndex {

    /** How many characters come before the id. */
    public static final int PREFIX = 14;

    private static final Pattern FORM = Pattern.compile("[0-9]{13}:[A-Za-z0-9._:@-]{1,128}");

    private TaskIndex() {}

    public static String of(TaskOrder order) {
        return String.format(Locale.ROOT, "%013d:%s", order.queuedAt().toEpochMilli(), order.id());
    }

    /** The task that stands there. */
    public static TaskId id(String place) {
        return new TaskId(require(place).substring(PREFIX));
    }

    /** @throws IllegalArgumentException if it is no place in the list */
    public static String require(String place) {
        if (!FORM.matcher(place).matches()) {
            throw new IllegalArgumentException("'" + place + "' is no place in the list of tasks");
        }
        return place;
    }
}
