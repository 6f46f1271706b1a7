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
 * @param unreadable tasks that were taken out, since then, because what was written down of them is none
 */
public record QueueFigures(long waiting, long running, Duration lag, long done, long givenUp, long unreadable) {

    public QueueFigures {
        requireNonNull(lag, "lag is null");
    }
}
