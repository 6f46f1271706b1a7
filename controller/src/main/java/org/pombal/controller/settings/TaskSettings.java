package org.pombal.controller.settings;

import static org.pombal.settings.ValueTypes.duration;
import static org.pombal.settings.ValueTypes.listOf;
import static org.pombal.settings.ValueTypes.oneOf;
import static org.pombal.settings.ValueTypes.path;
import static org.pombal.settings.ValueTypes.wholeNumber;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.pombal.settings.Setting;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsGroup;
import org.pombal.settings.SettingsRule;

/** The settings of the controller's tasks, and of its parts as processes of their own. */
public final class TaskSettings {

    public static final Setting<List<ControllerRole>> ROLES = Setting.named(
                    "CONTROLLER_ROLES", listOf(oneOf(ControllerRole.class)))
            .description("""
                    Which parts of the controller this process is. Not all of them in one needs Redis: CELERY_BROKER_URL. Each
                    part has to run somewhere in the site; each may run several times.""")
            .withDefault(List.of(ControllerRole.values()));

    public static final Setting<Optional<BrokerUrl>> BROKER = Setting.named("CELERY_BROKER_URL", BrokerUrl.TYPE)
            .description("""
                    Where Redis (7.0 or later) is that has the site's tasks, so that the parts of the controller can be several
                    processes. Without it tasks are in the memory of the process, which then is all parts.""")
            .secret()
            .optional();

    public static final Setting<Optional<BrokerUrl>> REDIS = Setting.named("REDIS_URL", BrokerUrl.TYPE)
            .description("Another name for CELERY_BROKER_URL; if both are given they must be the same.")
            .secret()
            .optional();

    public static final Setting<Optional<BrokerOptions>> BROKER_OPTIONS = Setting.named(
                    "CELERY_BROKER_TRANSPORT_OPTIONS", BrokerOptions.TYPE)
            .description("""
                    What is to be known of Redis beside its URL. With sentinel:// it needs 'master_name', the name by which the
                    sentinels know the master.""")
            .secret()
            .optional();

    public static final Setting<Optional<Path>> CA_FILE =
            Setting.named("CONTROLLER_REDIS_CA_FILE", path()).description("""
                    File in PEM with the certificates that may sign Redis's, for a CELERY_BROKER_URL that begins with
                    rediss://. Where it is not given, those are trusted that Java trusts.""").optional();

    public static final Setting<Integer> HIGH_WORKERS = Setting.named(
                    "CONTROLLER_HIGH_PRIORITY_WORKERS", wholeNumber(1, 64, "tasks at a time"))
            .description("""
                    How many urgent tasks a process with the role worker-high does at a time.""")
            .withDefault(1);

    public static final Setting<Integer> LOW_WORKERS = Setting.named(
                    "CONTROLLER_LOW_PRIORITY_WORKERS", wholeNumber(1, 64, "tasks at a time"))
            .description("""
                    How many tasks that may take their time a process with the role worker-low does at a time.""")
            .withDefault(2);

    public static final Setting<Duration> HOLD = Setting.named(
                    "CONTROLLER_TASK_HOLD", duration(Duration.ofSeconds(4), Duration.ofMinutes(10)))
            .description("""
                    After how long without a word from a worker another one does its task again. The same in all processes of
                    a site. Workers speak up four times within it.""")
            .withDefault(Duration.ofSeconds(15));

    public static final Setting<Integer> QUEUE_LIMIT = Setting.named(
                    "CONTROLLER_TASK_QUEUE_LIMIT", wholeNumber(1, 10_000, "tasks"))
            .description("""
                    How many tasks each of the two queues takes. More are refused until some are done.""")
            .withDefault(1000);

    public static final Setting<Duration> PULSE = Setting.named(
                    "CONTROLLER_TASK_PULSE", duration(Duration.ofSeconds(1), Duration.ofHours(1)))
            .description("""
                    How often each queue gets a task that does nothing but show that tasks are queued and done, and how late.""")
            .withDefault(Duration.ofMinutes(1));

    public static final SettingsGroup GROUP = SettingsGroup.of(
                    "tasks",
                    "Tasks of the controller",
                    "What the controller does in the background, and its parts as processes of their own.",
                    ROLES,
                    BROKER,
                    REDIS,
                    BROKER_OPTIONS,
                    CA_FILE,
                    HIGH_WORKERS,
                    LOW_WORKERS,
                    HOLD,
                    QUEUE_LIMIT,
                    PULSE)
            .withRules(
                    new SettingsRule(List.of(ROLES, BROKER, REDIS), TaskSettings::partsNeedRedis),
                    new SettingsRule(List.of(BROKER, REDIS), TaskSettings::oneRedis),
                    new SettingsRule(List.of(BROKER, REDIS, CA_FILE), TaskSettings::authoritiesNeedTls),
                    new SettingsRule(List.of(BROKER, REDIS, BROKER_OPTIONS), TaskSettings::sentinelsNeedAName));

    private TaskSettings() {}

    /** Where Redis is, if there is one. */
    public static Optional<BrokerUrl> broker(Settings settings) {
        return settings.get(BROKER).or(() -> settings.get(REDIS));
    }

    private static Optional<String> partsNeedRedis(Settings settings) {
        EnumSet<ControllerRole> missing = EnumSet.allOf(ControllerRole.class);
        settings.get(ROLES).forEach(missing::remove);
        return missing.isEmpty() || broker(settings).isPresent()
                ? Optional.empty()
                : Optional.of("CONTROLLER_ROLES (from " + settings.origin(ROLES) + ") lacks " + missing
                        + ", and another process can only be that with Redis: set CELERY_BROKER_URL, or leave"
                        + " CONTROLLER_ROLES out");
    }

    private static Optional<String> oneRedis(Settings settings) {
        Optional<BrokerUrl> broker = settings.get(BROKER);
        Optional<BrokerUrl> redis = settings.get(REDIS);
        return broker.isPresent() && redis.isPresent() && !broker.equals(redis)
                ? Optional.of("CELERY_BROKER_URL and REDIS_URL are two names for one thing, and have different values:"
                        + " leave one of them out")
                : Optional.empty();
    }

    private static Optional<String> authoritiesNeedTls(Settings settings) {
        boolean tls = broker(settings)
                .filter(url -> url.kind() == BrokerUrl.Kind.REDIS_TLS)
                .isPresent();
        return settings.get(CA_FILE).isPresent() && !tls
                ? Optional.of("CONTROLLER_REDIS_CA_FILE is set, and CELERY_BROKER_URL does not begin with rediss://")
                : Optional.empty();
    }

    private static Optional<String> sentinelsNeedAName(Settings settings) {
        boolean sentinels = broker(settings)
                .filter(url -> url.kind() == BrokerUrl.Kind.SENTINEL)
                .isPresent();
        BrokerOptions options = settings.get(BROKER_OPTIONS).orElse(BrokerOptions.NONE);
        boolean named = options.masterName().isPresent();
        if (!sentinels && options.sentinelPassword().isPresent()) {
            return Optional.of(
                    "CELERY_BROKER_TRANSPORT_OPTIONS has 'sentinel_kwargs', and CELERY_BROKER_URL does not begin with"
                            + " sentinel://");
        }
        if (sentinels == named) {
            return Optional.empty();
        }
        return Optional.of(
                sentinels
                        ? "CELERY_BROKER_URL begins with sentinel://, and CELERY_BROKER_TRANSPORT_OPTIONS has no"
                                + " 'master_name': sentinels cannot be asked without"
                        : "CELERY_BROKER_TRANSPORT_OPTIONS has a 'master_name', and CELERY_BROKER_URL does not begin with"
                                + " sentinel://");
    }
}
