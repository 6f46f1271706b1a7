package org.pombal.controller.automation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.pombal.controller.settings.AutoscalerSettings;
import org.pombal.controller.settings.BalanceSettings;
import org.pombal.controller.settings.MitigationSettings;
import org.pombal.controller.settings.UserBalanceSettings;
import org.pombal.controller.task.work.PeriodicTask;
import org.pombal.controller.task.work.TaskContext;
import org.pombal.controller.task.work.TaskKind;
import org.pombal.controller.task.work.TaskWork;
import org.pombal.model.audit.AuditEntry;
import org.pombal.model.groupsize.GroupSizeRules;
import org.pombal.model.sitebalance.SiteBalanceRules;
import org.pombal.model.task.TaskQueue;
import org.pombal.operations.Cluster;
import org.pombal.settings.Settings;

/** The parts of the automation, as tasks that come again and again, and what they decided last. */
public final class Automation {

    /** A part that has decided something. */
    public static final List<String> PARTS = List.of(
            ErrorMitigation.NAME, LoadBalancing.NAME, UserPlanners.GROUP_SIZES, UserPlanners.SITES, Autoscaling.NAME);

    private static final Set<String> ACTING = Set.of(
            ErrorMitigation.NAME,
            LoadBalancing.NAME,
            UserPlanners.GROUP_SIZES,
            UserPlanners.SITES,
            GroupNumber.NAME,
            Evacuations.NAME);

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration EVACUATIONS_EVERY = Duration.ofSeconds(10);
    private static final Duration NUMBER_EVERY = Duration.ofSeconds(30);
    private static final Duration USERS_EVERY = Duration.ofMinutes(30);

    /** To count all users of a large cluster takes its time. */
    private static final Duration USERS_LIMIT = Duration.ofHours(2);

    /** After that nobody expects any more what was asked for. */
    private static final Duration EXTRA_WAITS = Duration.ofMinutes(10);

    private static final String EXTRA = "load-balancing-extra";
    private static final String COUNT_USERS = "count-users";

    private final SiteSight sight;
    private final LoadBalancing balancing;
    private final ErrorMitigation mitigation;
    private final GroupNumber groupNumber;
    private final Evacuations evacuations;
    private final Autoscaling autoscaling;
    private final List<PeriodicTask> tasks;
    private final List<PeriodicTask> onRequest;

    public Automation(Cluster cluster, Settings settings) {
        requireNonNull(cluster, "cluster is null");
        this.sight = new SiteSight(cluster.geoDb(), cluster.localSite(), cluster.clock());
        this.mitigation = new ErrorMitigation(
                cluster,
                sight,
                MitigationSettings.rules(settings),
                settings.get(MitigationSettings.MAX_MOVES),
                settings.get(BalanceSettings.OPENING),
                BalanceSettings.rules(settings));
        this.balancing = new LoadBalancing(cluster, sight, settings);
        List<PeriodicTask> all = new ArrayList<>(List.of(
                periodic(
                        ErrorMitigation.NAME,
                        TaskQueue.HIGH,
                        settings.get(MitigationSettings.INTERVAL),
                        mitigation::run),
                periodic(LoadBalancing.NAME, TaskQueue.LOW, settings.get(BalanceSettings.INTERVAL), balancing::run)));
        if (settings.get(UserBalanceSettings.ENABLED)) {
            GroupSizeRules rules = UserBalanceSettings.groups(settings);
            all.add(users(new UserBalancing(
                    UserPlanners.GROUP_SIZES,
                    cluster,
                    sight,
                    UserPlanners.groupSizes(rules),
                    false,
                    rules.maxInPass())));
        }
        if (settings.get(UserBalanceSettings.SITES_ENABLED)) {
            SiteBalanceRules rules = UserBalanceSettings.sites(settings);
            all.add(users(new UserBalancing(
                    UserPlanners.SITES, cluster, sight, UserPlanners.sites(sight, rules), true, rules.maxInPass())));
        }
        this.groupNumber = new GroupNumber(cluster, sight, settings.get(UserBalanceSettings.NUMBER_MAX_IN_PASS));
        all.add(new PeriodicTask(
                new TaskKind(GroupNumber.NAME, TaskQueue.LOW, USERS_LIMIT, 3, groupNumber::run), NUMBER_EVERY, ""));
        this.evacuations = new Evacuations(cluster, sight, settings.get(BalanceSettings.MAX_MOVES));
        Duration scaled = settings.get(AutoscalerSettings.INTERVAL);
        // Autoscaling waits for evacuations: one that decides faster is not to be held up by them.
        all.add(periodic(
                Evacuations.NAME,
                TaskQueue.HIGH,
                scaled.compareTo(EVACUATIONS_EVERY) < 0 ? scaled : EVACUATIONS_EVERY,
                evacuations::run));
        this.autoscaling = new Autoscaling(cluster, sight, evacuations, settings);
        all.add(periodic(Autoscaling.NAME, TaskQueue.LOW, scaled, autoscaling::run));
        this.tasks = List.copyOf(all);
        this.onRequest = List.of(
                new PeriodicTask(new TaskKind(EXTRA, TaskQueue.LOW, LIMIT, 1, balancing::extra), EXTRA_WAITS, ""),
                new PeriodicTask(
                        new TaskKind(COUNT_USERS, TaskQueue.LOW, USERS_LIMIT, 1, this::count), USERS_EVERY, ""));
    }

    private static PeriodicTask periodic(String name, TaskQueue queue, Duration every, TaskWork work) {
        return new PeriodicTask(new TaskKind(name, queue, LIMIT, 3, work), every, "");
    }

    private String count(TaskContext task) throws InterruptedException, ExecutionException {
        return Census.taken(sight, task).groups(sight.site()).size() + " groups were counted";
    }

    private static PeriodicTask users(UserBalancing balancing) {
        return new PeriodicTask(
                new TaskKind(balancing.name(), TaskQueue.LOW, USERS_LIMIT, 2, balancing::run), USERS_EVERY, "");
    }

    /** Those that come by themselves. */
    public List<PeriodicTask> tasks() {
        return tasks;
    }

    /** Those that only come when somebody asks for them. */
    public List<PeriodicTask> onRequest() {
        return onRequest;
    }

    /** Whether it was the automation that did what the audit log says, and not somebody whose token has its name. */
    public static boolean did(AuditEntry entry) {
        return entry.who().equals(Acts.WHO) && ACTING.contains(entry.from());
    }

    /** What a part decided last; empty if it has not yet. */
    public Optional<Plan> last(String part) throws InterruptedException, ExecutionException {
        return sight.note(sight.site(), part).map(Plan::parse);
    }

    public Evacuations evacuations() {
        return evacuations;
    }

    public Autoscaling autoscaling() {
        return autoscaling;
    }

    public GroupNumber groupNumber() {
        return groupNumber;
    }

    /** Whether Prometheus answered; empty if there is none, or this process has not needed it for longer than load balancing waits. */
    public Optional<Boolean> prometheusAnswers() {
        return balancing.prometheusAnswers();
    }

    /** What a part would do now; empty for those that would have to count all users for it. */
    public Optional<Plan> simulated(String part) throws InterruptedException, ExecutionException {
        return switch (part) {
            case LoadBalancing.NAME -> Optional.of(balancing.simulated());
            case ErrorMitigation.NAME -> Optional.of(mitigation.simulated());
            default -> Optional.empty();
        };
    }
}
