package org.pombal.simulation;

import java.util.PriorityQueue;

/** What is going to happen, in the order of true time; of two things at one moment the one that was scheduled first. */
public final class EventQueue {

    private record Event(long at, long number, Runnable task) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>(256);
    private long now;
    private long number;

    /** True time in nanoseconds since the schedule began. */
    public long now() {
        return now;
    }

    public long eventsRun() {
        return number - events.size();
    }

    public void at(long time, Runnable task) {
        events.add(new Event(Math.max(time, now), number++, task));
    }

    public void after(long delay, Runnable task) {
        at(now + delay, task);
    }

    /** Runs the next event; false if there is none. */
    public boolean runNext() {
        Event next = events.poll();
        if (next == null) {
            return false;
        }
        now = next.at();
        next.task().run();
        return true;
    }
}
