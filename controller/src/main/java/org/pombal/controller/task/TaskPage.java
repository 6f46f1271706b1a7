package org.pombal.controller.task;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.pombal.model.task.Task;

/**
 * A part of the list of tasks.
 *
 * @param next where the following part begins; empty on the last one
 */
public record TaskPage(List<Task> tasks, Optional<String> next) {

    public TaskPage {
        tasks = List.copyOf(tasks);
        requireNonNull(next, "next is null");
    }
}
