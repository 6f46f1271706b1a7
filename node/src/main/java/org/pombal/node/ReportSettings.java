package org.pombal.node;

import static org.pombal.settings.ValueTypes.duration;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pombal.model.backend.HostName;
import org.pombal.settings.Setting;
import org.pombal.settings.SettingsRule;

/** The settings of what the node reports to GeoDB. */
public final class ReportSettings {

    public static final Setting<Optional<HostName>> PROXY_NAME = Setting.named(
                    "cluster_proxy_name", NodeTypes.HOST_NAME)
            .description("""
                    On proxies: the name under which 'pombal cluster proxy list' shows this one. Not given, it is the host name of
                    the machine. Two proxies of a site must not have the same.""")
            .optional();

    public static final Setting<Duration> INTERVAL = Setting.named(
                    "cluster_report_interval", duration(Duration.ofSeconds(1), Duration.ofMinutes(5)))
            .description("""
                    How often the node tells GeoDB that it is there and, on proxies, how its Dovecot gets on with backends and other
                    sites. A node that has been silent for three intervals and 5 seconds counts as stale.""")
            .withDefault(Duration.ofSeconds(10));

    public static final Setting<Duration> WINDOW = Setting.named(
                    "cluster_statistics_window", duration(Duration.ofSeconds(10), Duration.ofMinutes(10)))
            .description("""
                    How far back what a proxy publishes reaches: the sessions and deliveries of this time, up to now. A longer window
                    has more to judge by where there is little traffic, and shows trouble later.""")
            .withDefault(Duration.ofMinutes(1));

    public static final Setting<URI> STATISTICS_URL = Setting.named(
                    "cluster_dovecot_statistics_url", NodeTypes.url("http://host:port/metrics"))
            .description("The statistics of the Dovecot on this machine, in OpenMetrics.")
            .withDefault(URI.create("http://127.0.0.1:9900/metrics"));

    private ReportSettings() {}

    static List<Setting<?>> all() {
        return List.of(PROXY_NAME, INTERVAL, WINDOW, STATISTICS_URL);
    }

    static SettingsRule[] rules() {
        return new SettingsRule[] {
            new SettingsRule(
                    List.of(PROXY_NAME, NodeSettings.BACKEND_NAME),
                    settings -> settings.get(PROXY_NAME).isPresent()
                                    && settings.get(NodeSettings.BACKEND_NAME).isPresent()
                            ? Optional.of(
                                    "cluster_proxy_name and cluster_backend_name are both set, and a node stands beside"
                                            + " one or the other: leave one out")
                            : Optional.empty()),
            new SettingsRule(
                    List.of(INTERVAL, WINDOW),
                    settings -> settings.get(WINDOW).compareTo(settings.get(INTERVAL)) < 0
                            ? Optional.of(
                                    "cluster_statistics_window is shorter than cluster_report_interval: what happens in"
                                            + " between would be published nowhere")
                            : Optional.empty())
        };
    }
}
