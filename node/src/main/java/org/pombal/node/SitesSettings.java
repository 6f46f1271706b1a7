package org.pombal.node;

import static org.pombal.settings.ValueTypes.duration;

import java.time.Duration;
import java.util.List;
import org.pombal.settings.Setting;

/** The settings of what a node has to do with other sites. */
public final class SitesSettings {

    public static final Setting<Duration> CHECK_INTERVAL = Setting.named(
                    "cluster_site_check_interval", duration(Duration.ofSeconds(1), Duration.ofMinutes(5)))
            .description("""
                    On proxies: how often the load balancers of other sites are looked at. Three failures one after another make a
                    site unreachable, three successes reachable again.""")
            .withDefault(Duration.ofSeconds(10));

    public static final Setting<Duration> CHECK_TIMEOUT = Setting.named(
                    "cluster_site_check_timeout", duration(Duration.ofMillis(100), Duration.ofMinutes(1)))
            .description("On proxies: how long the load balancer of another site may take for each part of its answer.")
            .withDefault(Duration.ofSeconds(3));

    private SitesSettings() {}

    static List<Setting<?>> all() {
        return List.of(CHECK_INTERVAL, CHECK_TIMEOUT);
    }
}
