package org.pombal.controller.task;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * A queue in numbers.
 *
 * @param waiting tasks that nobody has in hand
 * @param running tasks in the hands of workers, those that fell silent included
 * @param lag for how long the one has waited that is next; zero if none waits
 * @param done tasks that were done, since the queue's numbers began
 * @param givenUp tasks that were given up, since then
 */
public record QueueFigures(long waiting, long running, Duration lag, long done, long givenUp) {

    public QueueFigures {
        requireNonNull(lag, "lag is null");
    }
}
