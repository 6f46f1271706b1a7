package org.pombal.controller.task.work;

/**
 * What a kind of task does. It may be done again after it was done, or while another worker believes to have it in hand still: it must be
 * such that this does no harm, as a compare-and-set in GeoDB is.
 */
@FunctionalInterface
public interface TaskWork {

    /**
     * Does it, on a thread of its own, which is interrupted when the time limit has passed, when another worker has the task, or when
     * the controller stops.
     *
     * @return what came of it, for people and for whoever follows the task; at most 4,096 characters are kept; no secrets
     * @throws Exception if it failed; the message is shown as the reason. {@link TaskPreventedException}, and whatever says that GeoDB is
     *     away, do not count as failures
     */
    String run(TaskContext context) throws Exception;
}
