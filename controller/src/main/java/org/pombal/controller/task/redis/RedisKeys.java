package org.pombal.controller.task.redis;

import static java.util.Objects.requireNonNull;

import org.pombal.model.task.TaskId;
import org.pombal.model.task.TaskQueue;

/** The names of a site's keys in Redis. */
final class RedisKeys {

    private final String prefix;

    RedisKeys(String site) {
        this.prefix = "pombal:" + requireNonNull(site, "site is null") + ":";
    }

    /** What the keys of tasks begin with. */
    String tasks() {
        return prefix + "task:";
    }

    String task(TaskId id) {
        return tasks() + id;
    }

    /** The entries that are ready or in hand. */
    String stream(TaskQueue queue) {
        return prefix + "queue:" + queue;
    }

    /** Those that wait for their next try, by time. */
    String delayed(TaskQueue queue) {
        return prefix + "delayed:" + queue;
    }

    String counters(TaskQueue queue) {
        return prefix + "ended:" + queue;
    }

    String workers(TaskQueue queue) {
        return prefix + "workers:" + queue;
    }

    /** The list of all tasks. */
    String index() {
        return prefix + "tasks";
    }

    /** The id of the task of this name that was queued last. */
    String last(String name) {
        return prefix + "last:" + name;
    }
}
