package org.pombal.controller.settings;

import static org.pombal.settings.ValueTypes.decimal;
import static org.pombal.settings.ValueTypes.duration;
import static org.pombal.settings.ValueTypes.oneOf;
import static org.pombal.settings.ValueTypes.path;
import static org.pombal.settings.ValueTypes.text;
import static org.pombal.settings.ValueTypes.wholeNumber;

import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.pombal.model.scale.BackendNames;
import org.pombal.model.scale.LoadRules;
import org.pombal.model.scale.ScaleSchedule.Hours;
import org.pombal.model.scale.ScalerAnswer;
import org.pombal.settings.Setting;
import org.pombal.settings.SettingsGroup;
import org.pombal.settings.ValueType;

/** The settings of how many backends a controller's site has. */
public final class AutoscalerSettings {

    private static final ValueType<URI> HTTP_URL =
            new ValueType<>("http://host:port/path, or https", BalanceSettings::parse, URI::toString);
    private static final ValueType<ZoneId> ZONE =
            new ValueType<>("a time zone, such as Europe/Lisbon", AutoscalerSettings::zone, ZoneId::toString);
    private static final ValueType<String> NAME = new ValueType<>(
            "a host name with " + BackendNames.NUMBER + " in place of the number",
            pattern -> new BackendNames(pattern, 0).pattern(),
            pattern -> pattern);

    public static final Setting<ScalerKind> SCALER = Setting.named("AUTOSCALER", oneOf(ScalerKind.class))
            .description("""
                    Who says how many backends the site should have: default wants as many as there are; load follows the load; class, command and http ask what you have made yourself: AUTOSCALER_CLASS, AUTOSCALER_COMMAND, AUTOSCALER_URL.""")
            .withDefault(ScalerKind.DEFAULT);

    public static final Setting<Optional<Path>> JAR = Setting.named("AUTOSCALER_JAR", path())
            .description("The jar with AUTOSCALER_CLASS.")
            .optional();

    public static final Setting<Optional<String>> CLASS =
            Setting.named("AUTOSCALER_CLASS", text()).description("""
                    A class that implements org.pombal.controller.autoscaling.Autoscaler, with its package.""").optional();

    public static final Setting<Optional<Path>> COMMAND =
            Setting.named("AUTOSCALER_COMMAND", path()).description("""
                    A program that prints the number. It gets the site's name as its argument, and the site as JSON to read.""").optional();

    public static final Setting<Optional<URI>> URL =
            Setting.named("AUTOSCALER_URL", HTTP_URL).description("""
                    Where the site is sent to as JSON by POST; the answer is the number, or JSON with it as 'desired'.""").optional();

    public static final Setting<Duration> TIMEOUT = Setting.named(
                    "AUTOSCALER_TIMEOUT", duration(Duration.ofMillis(100), Duration.ofSeconds(60)))
            .description("How long a class, a command or a service may take to answer; then nothing changes.")
            .withDefault(Duration.ofSeconds(10));

    public static final Setting<Duration> INTERVAL = Setting.named(
                    "AUTOSCALER_INTERVAL", duration(Duration.ofSeconds(1), Duration.ofMinutes(5)))
            .description("How often the number of backends is decided on.")
            .withDefault(Duration.ofSeconds(30));

    public static final Setting<Integer> MIN = Setting.named(
                    "AUTOSCALER_MIN", wholeNumber(1, ScalerAnswer.MOST, "backends"))
            .description("How many backends the site has at least.")
            .withDefault(1);

    public static final Setting<Optional<Integer>> MAX = Setting.named(
                    "AUTOSCALER_MAX", wholeNumber(1, ScalerAnswer.MOST, "backends"))
            .description("How many backends the site has at most. Needed for every scaler but default.")
            .optional();

    public static final Setting<Optional<List<Hours>>> SCHEDULE = Setting.named(
                    "AUTOSCALER_SCHEDULE", ScheduleText.TYPE)
            .description("""
                    How many backends the site has at least at certain hours, for a load that is known beforehand.""")
            .optional();

    public static final Setting<ZoneId> TIME_ZONE = Setting.named("AUTOSCALER_TIME_ZONE", ZONE)
            .description("The time zone of AUTOSCALER_SCHEDULE.")
            .withDefault(ZoneId.of("UTC"));

    public static final Setting<LoadRules.Metric> METRIC = Setting.named(
                    "AUTOSCALER_METRIC", oneOf(LoadRules.Metric.class))
            .description("""
                    By what it is reckoned how far backends are used: cpu, sessions (needs AUTOSCALER_SESSIONS_PER_BACKEND), or both: whichever needs more.""")
            .withDefault(LoadRules.Metric.CPU);

    public static final Setting<Optional<Integer>> PER_BACKEND = Setting.named(
                    "AUTOSCALER_SESSIONS_PER_BACKEND", wholeNumber(1, 10_000_000, "sessions"))
            .description("""
                    How many sessions a backend can carry; logins and deliveries count as HOST_LOAD_BALANCE_LOGIN_WEIGHT says.""")
            .optional();

    public static final Setting<Double> TARGET = Setting.named("AUTOSCALER_TARGET", decimal(0.05, 0.95))
            .description("How far backends are to be used, as a part of what they can carry.")
            .withDefault(0.6);

    public static final Setting<Double> SLACK = Setting.named("AUTOSCALER_SLACK", decimal(0, 0.5))
            .description(
                    "How far above or below AUTOSCALER_TARGET, as a part of it, they may be before anything changes.")
            .withDefault(0.1);

    public static final Setting<Double> LIMIT =
            Setting.named("AUTOSCALER_LIMIT", decimal(0.1, 1)).description("""
                    No backend is taken away, whatever scaler wants it, if the others would be used further than that.""").withDefault(0.8);

    public static final Setting<Duration> PAUSE = Setting.named(
                    "AUTOSCALER_PAUSE", duration(Duration.ZERO, Duration.ofDays(1)))
            .description("How long after a change no other begins: new backends first have to get load.")
            .withDefault(Duration.ofMinutes(3));

    public static final Setting<Duration> LOW_FOR = Setting.named(
                    "AUTOSCALER_LOW_FOR", duration(Duration.ZERO, Duration.ofDays(7)))
            .description("How long fewer backends must have been enough, without a break, before one is taken away.")
            .withDefault(Duration.ofMinutes(30));

    public static final Setting<Integer> STEP = Setting.named("AUTOSCALER_STEP", wholeNumber(1, 100, "backends"))
            .description("How many backends are started at once. They are taken away one by one.")
            .withDefault(2);

    public static final Setting<Duration> START_LIMIT = Setting.named(
                    "AUTOSCALER_START_LIMIT", duration(Duration.ofSeconds(10), Duration.ofDays(1)))
            .description("How long a new backend may take to come up. While one takes longer, no other is started.")
            .withDefault(Duration.ofMinutes(10));

    public static final Setting<Duration> UP_FOR = Setting.named(
                    "AUTOSCALER_UP_FOR", duration(Duration.ZERO, Duration.ofHours(1)))
            .description("How long a new backend must be up before it is brought online.")
            .withDefault(Duration.ofSeconds(30));

    public static final Setting<Integer> DRAIN_RATE = Setting.named(
                    "AUTOSCALER_DRAIN_RATE", wholeNumber(1, 100_000, "groups a minute"))
            .description("How fast a backend is emptied that is to go.")
            .withDefault(20);

    public static final Setting<Optional<String>> BACKEND_NAME =
            Setting.named("AUTOSCALER_BACKEND_NAME", NAME).description("""
                    What the backends are called that are started and stopped, as dovecot-%{number}.dovecot.mail.svc.cluster.local. Others are never touched. Without it nothing is carried out.""").optional();

    public static final Setting<Integer> FIRST_NUMBER = Setting.named("AUTOSCALER_FIRST_NUMBER", wholeNumber(0, 10_000))
            .description("The number of the first of them; a StatefulSet begins with 0.")
            .withDefault(0);

    public static final Setting<ActuatorKind> ACTUATOR = Setting.named("AUTOSCALER_ACTUATOR", oneOf(ActuatorKind.class))
            .description("""
                    Who has them started and stopped: none, because somebody else does by the metric pombal_autoscaling_platform_backends; command; kubernetes.""")
            .withDefault(ActuatorKind.NONE);

    public static final Setting<Optional<Path>> ACTUATOR_COMMAND = Setting.named("AUTOSCALER_ACTUATOR_COMMAND", path())
            .description("""
                    A program that is called as 'PROGRAM start HOST COUNT' or 'PROGRAM stop HOST COUNT', COUNT being how many of them run then. It may be called again for what is done.""")
            .optional();

    public static final Setting<Duration> ACTUATOR_TIMEOUT = Setting.named(
                    "AUTOSCALER_ACTUATOR_TIMEOUT", duration(Duration.ofSeconds(1), Duration.ofSeconds(60)))
            .description("How long starting or stopping one may take; what takes longer is tried again.")
            .withDefault(Duration.ofSeconds(20));

    public static final Setting<String> NAMESPACE = Setting.named("AUTOSCALER_KUBERNETES_NAMESPACE", text())
            .description("The namespace of AUTOSCALER_KUBERNETES_STATEFULSET.")
            .withDefault("default");

    public static final Setting<Optional<String>> STATEFUL_SET = Setting.named(
                    "AUTOSCALER_KUBERNETES_STATEFULSET", text())
            .description("The StatefulSet whose pods are the backends.")
            .optional();

    public static final SettingsGroup GROUP = SettingsGroup.of(
                    "autoscaler",
                    "Autoscaling",
                    "How many backends the site has, if the feature `autoscaling` is on: see"
                            + " [Autoscaling](autoscaling.md).",
                    SCALER,
                    JAR,
                    CLASS,
                    COMMAND,
                    URL,
                    TIMEOUT,
                    INTERVAL,
                    MIN,
                    MAX,
                    SCHEDULE,
                    TIME_ZONE,
                    METRIC,
                    PER_BACKEND,
                    TARGET,
                    SLACK,
                    LIMIT,
                    PAUSE,
                    LOW_FOR,
                    STEP,
                    START_LIMIT,
                    UP_FOR,
                    DRAIN_RATE,
                    BACKEND_NAME,
                    FIRST_NUMBER,
                    ACTUATOR,
                    ACTUATOR_COMMAND,
                    ACTUATOR_TIMEOUT,
                    NAMESPACE,
                    STATEFUL_SET)
            .withRules(AutoscalerRules.all());

    private AutoscalerSettings() {}

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no such zone", e);
        }
    }
}
