package org.pombal.controller.task.work;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.pombal.controller.task.TaskStore;
import org.pombal.model.task.TaskQueue;

/** The workers of this process. */
public final class Workers implements AutoCloseable {

    private static final int TELLING = 8;

    private final List<Worker> workers = new ArrayList<>();

    /**
     * @param process what this process is known by, to people
     * @param numbers of workers for each queue that this process serves
     * @param hold as the store has it
     */
    public Workers(
            TaskStore store,
            String process,
            Map<TaskQueue, Integer> numbers,
            TaskKinds kinds,
            Duration hold,
            InstantSource clock) {
        // Process ids come again: what a worker had in hand must not be taken for its namesake's.
        String life = UUID.randomUUID().toString().substring(0, TELLING);
        numbers.forEach((queue, number) -> {
            for (int i = 1; i <= number; i++) {
                String name = process + " " + queue + " " + i + " " + life;
                workers.add(new Worker(store, queue, name, kinds, hold, clock));
            }
        });
    }

    public void start() {
        workers.forEach(Worker::start);
    }

    /** Gives what is in hand a few seconds to end. */
    @Override
    public void close() {
        workers.forEach(Worker::stop);
        workers.forEach(Worker::close);
    }
}
