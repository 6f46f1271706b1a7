package org.pombal.controller.autoscaling;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.pombal.model.backend.HostName;

/**
 * A program of the operator's: {@code PROGRAM start|stop HOST COUNT}, COUNT being how many backends run then. Exit code 0 means that it is done; what
 * it leaves running then goes on.
 */
public final class CommandActuator implements Actuator {

    private final Program program;

    public CommandActuator(Path program, Duration limit) {
        this.program = new Program(program, limit, Program.Leftovers.LEAVE);
    }

    @Override
    public void start(HostName host, int count) throws IOException, InterruptedException {
        program.run("", "start", host.value(), Integer.toString(count));
    }

    @Override
    public void stop(HostName host, int count) throws IOException, InterruptedException {
        program.run("", "stop", host.value(), Integer.toString(count));
    }
}
