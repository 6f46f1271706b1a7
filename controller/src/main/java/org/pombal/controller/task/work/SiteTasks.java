package org.pombal.controller.task.work;

import static java.util.stream.Collectors.joining;

import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.pombal.controller.settings.TaskSettings;
import org.pombal.settings.Settings;

/** The tasks that a controller knows. */
public final class SiteTasks {

    private final List<PeriodicTask> periodic;
    private final List<PeriodicTask> all;

    /**
     * @param more besides the pulses
     * @param onRequest those that only come when somebody asks for them
     */
    public SiteTasks(Settings settings, InstantSource clock, List<PeriodicTask> more, List<PeriodicTask> onRequest) {
        this.periodic = Stream.concat(
                        Pulse.ofAllQueues(settings.get(TaskSettings.PULSE), clock).stream(), more.stream())
                .toList();
        this.all = Stream.concat(periodic.stream(), onRequest.stream()).toList();
    }

    /** Those that come again and again. */
    public List<PeriodicTask> periodic() {
        return periodic;
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public PeriodicTask named(String name) {
        return all.stream()
                .filter(task -> task.kind().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no such task; there are: "
                        + all.stream().map(task -> task.kind().name()).collect(joining(", "))));
    }

    public TaskKinds kinds() {
        return new TaskKinds(all.stream().map(PeriodicTask::kind).toList());
    }
}
