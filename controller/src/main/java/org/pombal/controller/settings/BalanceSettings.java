package org.pombal.controller.settings;

import static org.pombal.settings.ValueTypes.decimal;
import static org.pombal.settings.ValueTypes.duration;
import static org.pombal.settings.ValueTypes.oneOf;
import static org.pombal.settings.ValueTypes.wholeNumber;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.pombal.model.balance.BalanceRules;
import org.pombal.model.balance.HostScore;
import org.pombal.settings.Setting;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsGroup;
import org.pombal.settings.ValueType;

/** The settings of how a controller balances the load of its site's backends. */
public final class BalanceSettings {

    private static final ValueType<URI> URL =
            new ValueType<>("http://host:port, or https", BalanceSettings::parse, URI::toString);

    public static final Setting<Optional<URI>> PROMETHEUS =
            Setting.named("PROMETHEUS_URL", URL).description("""
                    Prometheus, which records dovecot_cluster:host:zscore by the rules in packaging/prometheus. Without it, scores are
                    made of what the backends' nodes report.""").optional();

    public static final Setting<BalanceMode> MODE = Setting.named("HOST_LOAD_BALANCE_MODE", oneOf(BalanceMode.class))
            .description("""
                    planner moves the fewest groups that bring all backends into a band around their shares; classic moves one group in an interval, from the backend with the highest score to the one with the lowest, as the original does.""")
            .withDefault(BalanceMode.PLANNER);

    public static final Setting<Duration> INTERVAL = Setting.named(
                    "HOST_LOAD_BALANCE_INTERVAL", duration(Duration.ofSeconds(10), Duration.ofDays(1)))
            .description("""
                    How often load is balanced. The original does it once an hour.""")
            .withDefault(Duration.ofMinutes(10));

    public static final Setting<Integer> MIN_SAMPLES = Setting.named(
                    "HOST_LOAD_BALANCE_MIN_SAMPLES", wholeNumber(0, 1_000_000, "samples"))
            .description("""
                    So many samples of the load must exist before anything is moved. One in 15 s makes 3000 in 12.5 h.""")
            .withDefault(3_000);

    public static final Setting<Double> THRESHOLD = Setting.named(
                    "HOST_LOAD_BALANCE_SCORE_DELTA_THRESHOLD_RATIO", decimal(0, 10))
            .description("""
                    The difference between the highest and the lowest load above which groups are moved: for the planner a part of the mean, relative to the load factors; for classic standard deviations, of which 1 is a good start.""")
            .withDefault(0.1);

    public static final Setting<HostScore> SCORE = Setting.named("HOST_LOAD_BALANCE_SCORE", oneOf(HostScore.class))
            .description("""
                    How one score is made of the Z-scores of a backend, which classic goes by: their sum, or the Euclidean distance from the mean.""")
            .withDefault(HostScore.SUM);

    public static final Setting<Double> BAND = Setting.named("HOST_LOAD_BALANCE_BAND", decimal(0.001, 1))
            .description("""
                    How far from its share a backend may end, as a part of it.""")
            .withDefault(0.02);

    public static final Setting<Integer> MAX_MOVES = Setting.named(
                    "HOST_LOAD_BALANCE_MAX_MOVES", wholeNumber(1, 100_000, "groups"))
            .description("""
                    How many groups may be on the move at once.""")
            .withDefault(50);

    public static final Setting<Integer> DRAIN_MOVES = Setting.named(
                    "HOST_LOAD_BALANCE_DRAIN_MOVES", wholeNumber(1, 100_000, "groups"))
            .description("""
                    How many groups leave a backend with load factor 0 in an interval.""")
            .withDefault(5);

    public static final Setting<Duration> COOLDOWN = Setting.named(
                    "HOST_LOAD_BALANCE_COOLDOWN", duration(Duration.ZERO, Duration.ofDays(30)))
            .description("""
                    How long a group rests after a move.""")
            .withDefault(Duration.ofHours(12));

    public static final Setting<Duration> MAX_AGE = Setting.named(
                    "HOST_LOAD_BALANCE_MAX_AGE", duration(Duration.ofSeconds(1), Duration.ofDays(1)))
            .description("""
                    Older measurements do not count.""")
            .withDefault(Duration.ofMinutes(5));

    public static final Setting<Duration> OPENING = Setting.named(
                    "HOST_LOAD_BALANCE_LOGIN_WEIGHT", duration(Duration.ZERO, Duration.ofHours(1)))
            .description("""
                    How long a session would have to last to be as much work as a login or a delivery.""")
            .withDefault(Duration.ofSeconds(10));

    public static final SettingsGroup GROUP = SettingsGroup.of(
            "balance",
            "Load balancing",
            "How the controller balances load between backends, if the feature `load-balancing` is on: see"
                    + " [Automatic decisions](automation.md#load-balancing).",
            PROMETHEUS,
            MODE,
            INTERVAL,
            MIN_SAMPLES,
            THRESHOLD,
            SCORE,
            BAND,
            MAX_MOVES,
            DRAIN_MOVES,
            COOLDOWN,
            MAX_AGE,
            OPENING);

    private BalanceSettings() {}

    static URI parse(String text) {
        URI uri = URI.create(text);
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException("has no http:// or https:// and a host");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("has a user or a password in it, which would be shown and not be sent");
        }
        return uri;
    }

    public static BalanceRules rules(Settings settings) {
        return new BalanceRules(
                settings.get(MIN_SAMPLES),
                settings.get(THRESHOLD),
                settings.get(BAND),
                settings.get(MAX_MOVES),
                settings.get(DRAIN_MOVES),
                settings.get(COOLDOWN),
                settings.get(MAX_AGE));
    }
}
