package org.pombal.controller.task.work;

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

    public TaskKinds kinds() {
        return new TaskKinds(periodic.stream().map(PeriodicTask::kind).toList());
    }
}
