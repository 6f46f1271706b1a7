package org.pombal.controller.task.work;

import static java.util.stream.Collectors.joining;

import java.time.InstantSource;
import java.util.List;
import org.pombal.controller.settings.TaskSettings;
import org.pombal.settings.Settings;

/** The tasks that a controller knows. */
public final class SiteTasks {

    private final List<PeriodicTask> periodic;

    public SiteTasks(Settings settings, InstantSource clock) {
        this.periodic = Pulse.ofAllQueues(settings.get(TaskSettings.PULSE), clock);
    }

    /** Those that come again and again. */
    public List<PeriodicTask> periodic() {
        return periodic;
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public PeriodicTask named(String name) {
        return periodic.stream()
                .filter(task -> task.kind().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no such task; there are: "
                        + periodic.stream().map(task -> task.kind().name()).collect(joining(", "))));
    }

    public TaskKinds kinds() {
        return new TaskKinds(periodic.stream().map(PeriodicTask::kind).toList());
    }
}
