package org.pombal.controller.autoscaling;

import java.io.IOException;
import org.pombal.model.backend.HostName;

/**
 * Has backends started and stopped by whatever runs them. Both may be asked for again after they were done: then there is nothing to do.
 */
public interface Actuator {

    /** Nobody is asked: somebody else reads from the metrics how many are to run. */
    Actuator NONE = new Actuator() {

        @Override
        public void start(HostName host, int count) {
            // The metric says it.
        }

        @Override
        public void stop(HostName host, int count) {
            // The metric says it.
        }
    };

    /**
     * Has a backend started. It need not be up when this returns.
     *
     * @param count how many run then
     * @throws IOException if that was refused, or did not happen in time; what was asked of whom is in the message
     */
    void start(HostName host, int count) throws IOException, InterruptedException;

    /**
     * Has a backend stopped, which nobody uses any more.
     *
     * @param count how many run then
     * @throws IOException as {@link #start}
     */
    void stop(HostName host, int count) throws IOException, InterruptedException;
}
