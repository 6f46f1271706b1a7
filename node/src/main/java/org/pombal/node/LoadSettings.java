package org.pombal.node;

import static org.pombal.settings.ValueTypes.duration;

import java.time.Duration;
import java.util.List;
import org.pombal.settings.Setting;

/** The settings of what a backend's node measures of its load. */
public final class LoadSettings {

    public static final Setting<Duration> INTERVAL = Setting.named(
                    "cluster_load_interval", duration(Duration.ofSeconds(1), Duration.ofMinutes(10)))
            .description("""
                    On backends: how often the node measures how loaded its machine is and how much each of its user groups gives
                    it to do, and tells GeoDB.""")
            .withDefault(Duration.ofSeconds(30));

    public static final Setting<Duration> WINDOW = Setting.named(
                    "cluster_load_window", duration(Duration.ofMinutes(1), Duration.ofDays(1)))
            .description("""
                    How far back the load of a user group reaches: it is a mean in which what was so long ago counts about a third
                    (1/e) of what is now. With a shorter one, groups are moved for peaks that soon pass.""")
            .withDefault(Duration.ofHours(1));

    private LoadSettings() {}

    static List<Setting<?>> all() {
        return List.of(INTERVAL, WINDOW);
    }
}
