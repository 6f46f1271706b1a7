package org.pombal.controller.settings;

import static org.pombal.settings.ValueTypes.decimal;
import static org.pombal.settings.ValueTypes.duration;
import static org.pombal.settings.ValueTypes.wholeNumber;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pombal.model.mitigation.MitigationRules;
import org.pombal.model.mitigation.Threshold;
import org.pombal.settings.Setting;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsGroup;
import org.pombal.settings.SettingsRule;

/** The settings of what a controller does about failing backends and sites. */
public final class MitigationSettings {

    public static final Setting<Duration> INTERVAL = Setting.named(
                    "ERROR_MITIGATION_INTERVAL", duration(Duration.ofSeconds(5), Duration.ofMinutes(5)))
            .description("""
                    How often the backends, and the other sites, are judged.""")
            .withDefault(Duration.ofSeconds(15));

    public static final Setting<Double> BROKEN = Setting.named("ERROR_MITIGATION_BROKEN_RATIO", decimal(0.01, 1))
            .description("""
                    A backend is broken for a proxy if at least this part fails in each kind of traffic.""")
            .withDefault(0.5);

    public static final Setting<Double> BROKEN_END = Setting.named("ERROR_MITIGATION_BROKEN_RATIO_END", decimal(0, 1))
            .description("""
                    It stays so until less than this part fails.""")
            .withDefault(0.25);

    public static final Setting<Double> DEGRADED = Setting.named("ERROR_MITIGATION_DEGRADED_RATIO", decimal(0.01, 1))
            .description("""
                    A backend is degraded for a proxy if at least this part fails in any kind of traffic.""")
            .withDefault(0.1);

    public static final Setting<Double> DEGRADED_END = Setting.named(
                    "ERROR_MITIGATION_DEGRADED_RATIO_END", decimal(0, 1))
            .description("""
                    It stays so until less than this part fails.""")
            .withDefault(0.05);

    public static final Setting<Double> SLOW_FACTOR = Setting.named("ERROR_MITIGATION_SLOW_FACTOR", decimal(2, 100))
            .description("""
                    A backend is degraded, too, if it takes this many times as long as the median of the proxy's other backends,""")
            .withDefault(5.0);

    public static final Setting<Duration> SLOW_FROM = Setting.named(
                    "ERROR_MITIGATION_SLOW_FROM", duration(Duration.ofMillis(1), Duration.ofMinutes(1)))
            .description("""
                    and at least so long.""")
            .withDefault(Duration.ofSeconds(1));

    public static final Setting<Integer> MIN_EVENTS = Setting.named(
                    "ERROR_MITIGATION_MIN_EVENTS", wholeNumber(1, 10_000, "sessions or deliveries"))
            .description("""
                    With fewer in cluster_statistics_window a kind of traffic says nothing.""")
            .withDefault(20);

    public static final Setting<Integer> MIN_PROBES = Setting.named(
                    "ERROR_MITIGATION_MIN_TEST_LOGINS", wholeNumber(1, 100, "logins"))
            .description("""
                    With fewer of the test user they say nothing.""")
            .withDefault(3);

    public static final Setting<Integer> QUORUM = Setting.named(
                    "ERROR_MITIGATION_QUORUM", wholeNumber(1, 100, "proxies"))
            .description("""
                    So many proxies must have an opinion on a backend, or sites on a site; all of them, if there are fewer.""")
            .withDefault(2);

    public static final Setting<Double> AGREEMENT = Setting.named("ERROR_MITIGATION_AGREEMENT", decimal(0.51, 1))
            .description("""
                    This part of those that have an opinion must agree.""")
            .withDefault(0.6);

    public static final Setting<Double> SUSPECT_SHARE = Setting.named("ERROR_MITIGATION_SUSPECT_SHARE", decimal(0.1, 1))
            .description("""
                    A proxy that sees more than this part of the backends broken is itself at fault, and not heard.""")
            .withDefault(0.5);

    public static final Setting<Double> COMMON_SHARE = Setting.named("ERROR_MITIGATION_COMMON_SHARE", decimal(0.05, 1))
            .description("""
                    If more than this part of the backends fails at once, and more than one, there is a common cause, and nothing is done.""")
            .withDefault(0.3);

    public static final Setting<Double> MAX_OFFLINE = Setting.named("ERROR_MITIGATION_MAX_OFFLINE", decimal(0, 0.5))
            .description("""
                    At most this part of the backends is offline; one always may be.""")
            .withDefault(0.25);

    public static final Setting<Duration> BROKEN_FOR = Setting.named(
                    "ERROR_MITIGATION_BROKEN_FOR", duration(Duration.ofSeconds(10), Duration.ofHours(1)))
            .description("""
                    How long a backend must be broken before it is taken offline.""")
            .withDefault(Duration.ofMinutes(1));

    public static final Setting<Duration> DEGRADED_FOR = Setting.named(
                    "ERROR_MITIGATION_DEGRADED_FOR", duration(Duration.ofSeconds(10), Duration.ofHours(1)))
            .description("""
                    How long a backend must be degraded before groups leave it.""")
            .withDefault(Duration.ofMinutes(3));

    public static final Setting<Duration> HEALTHY_FOR = Setting.named(
                    "ERROR_MITIGATION_HEALTHY_FOR", duration(Duration.ofSeconds(10), Duration.ofHours(1)))
            .description("""
                    How long a backend that is offline must be healthy before it is brought online. Twice as long each time that it was taken offline again within a day,""")
            .withDefault(Duration.ofMinutes(5));

    public static final Setting<Duration> HEALTHY_AT_MOST = Setting.named(
                    "ERROR_MITIGATION_HEALTHY_AT_MOST", duration(Duration.ofSeconds(10), Duration.ofDays(1)))
            .description("""
                    but never longer than this.""")
            .withDefault(Duration.ofHours(1));

    public static final Setting<Duration> SHED_EVERY = Setting.named(
                    "ERROR_MITIGATION_SHED_EVERY", duration(Duration.ofSeconds(10), Duration.ofDays(1)))
            .description("""
                    One group leaves a degraded backend in this time.""")
            .withDefault(Duration.ofMinutes(10));

    public static final Setting<Integer> MAX_MOVES = Setting.named(
                    "ERROR_MITIGATION_MAX_MOVES", wholeNumber(0, 100_000, "groups"))
            .description("""
                    How many groups may be on the move away from offline backends at once. With 0 they only go when their users log in; where a backend accepts no logins, they then stay.""")
            .withDefault(50);

    public static final Setting<Duration> STALE_AFTER = Setting.named(
                    "ERROR_MITIGATION_STALE_AFTER", duration(Duration.ofSeconds(10), Duration.ofHours(1)))
            .description("""
                    What proxies reported earlier than this ago says nothing.""")
            .withDefault(Duration.ofSeconds(90));

    public static final Setting<Duration> CLOCK_SLACK = Setting.named(
                    "ERROR_MITIGATION_CLOCK_SLACK", duration(Duration.ZERO, Duration.ofMinutes(1)))
            .description("""
                    What they reported from further in the future says nothing.""")
            .withDefault(Duration.ofSeconds(10));

    public static final Setting<Duration> MAX_GAP = Setting.named(
                    "ERROR_MITIGATION_MAX_GAP", duration(Duration.ofSeconds(10), Duration.ofHours(1)))
            .description("""
                    After a longer pause between two judgements all begins anew. Longer than ERROR_MITIGATION_INTERVAL.""")
            .withDefault(Duration.ofMinutes(3));

    public static final SettingsGroup GROUP = SettingsGroup.of(
                    "mitigation",
                    "Error mitigation",
                    "What the controller does about failing backends and sites, if the feature `error-mitigation` is on: see"
                            + " [Automatic decisions](automation.md#error-mitigation).",
                    INTERVAL,
                    BROKEN,
                    BROKEN_END,
                    DEGRADED,
                    DEGRADED_END,
                    SLOW_FACTOR,
                    SLOW_FROM,
                    MIN_EVENTS,
                    MIN_PROBES,
                    QUORUM,
                    AGREEMENT,
                    SUSPECT_SHARE,
                    COMMON_SHARE,
                    MAX_OFFLINE,
                    BROKEN_FOR,
                    DEGRADED_FOR,
                    HEALTHY_FOR,
                    HEALTHY_AT_MOST,
                    SHED_EVERY,
                    MAX_MOVES,
                    STALE_AFTER,
                    CLOCK_SLACK,
                    MAX_GAP)
            .withRules(
                    notAbove(BROKEN_END, BROKEN),
                    notAbove(DEGRADED_END, DEGRADED),
                    new SettingsRule(
                            List.of(HEALTHY_FOR, HEALTHY_AT_MOST),
                            settings -> settings.get(HEALTHY_AT_MOST).compareTo(settings.get(HEALTHY_FOR)) < 0
                                    ? Optional.of("ERROR_MITIGATION_HEALTHY_AT_MOST is shorter than"
                                            + " ERROR_MITIGATION_HEALTHY_FOR")
                                    : Optional.empty()),
                    new SettingsRule(
                            List.of(INTERVAL, MAX_GAP),
                            settings -> settings.get(MAX_GAP).compareTo(settings.get(INTERVAL)) <= 0
                                    ? Optional.of("ERROR_MITIGATION_MAX_GAP is not longer than"
                                            + " ERROR_MITIGATION_INTERVAL: nothing would ever last")
                                    : Optional.empty()));

    private MitigationSettings() {}

    private static SettingsRule notAbove(Setting<Double> end, Setting<Double> begin) {
        return new SettingsRule(
                List.of(end, begin),
                settings -> settings.get(end) > settings.get(begin)
                        ? Optional.of(end.name() + " is above " + begin.name() + ": what begins would never end")
                        : Optional.empty());
    }

    public static MitigationRules rules(Settings settings) {
        return new MitigationRules(
                new Threshold(settings.get(BROKEN), settings.get(BROKEN_END)),
                new Threshold(settings.get(DEGRADED), settings.get(DEGRADED_END)),
                settings.get(SLOW_FACTOR),
                settings.get(SLOW_FROM),
                settings.get(MIN_EVENTS),
                settings.get(MIN_PROBES),
                settings.get(QUORUM),
                settings.get(AGREEMENT),
                settings.get(SUSPECT_SHARE),
                settings.get(COMMON_SHARE),
                settings.get(MAX_OFFLINE),
                settings.get(BROKEN_FOR),
                settings.get(DEGRADED_FOR),
                settings.get(HEALTHY_FOR),
                settings.get(HEALTHY_AT_MOST),
                settings.get(SHED_EVERY),
                settings.get(STALE_AFTER),
                settings.get(CLOCK_SLACK),
                settings.get(MAX_GAP));
    }
}
