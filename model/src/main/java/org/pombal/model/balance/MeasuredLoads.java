package org.pombal.model.balance;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.toMap;
import static org.pombal.model.parameter.Range.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.statistics.BackendLoad;
import org.pombal.model.statistics.GroupTraffic;

/**
 * The facts for balancing from what the backends' nodes measure.
 *
 * <p>A group that nobody measures, because its backend's node is stopped or has just got it, counts as heavy as the mean and is not moved. If that
 * are more than a tenth of all, there are no samples, and the measurement is as old as the oldest of the backends that are online. So one node that is
 * away does not stop the balancing of a site, and many do.
 *
 * <p>The samples are counted as if one was taken each 15 s, which is what the default of {@code HOST_LOAD_BALANCE_MIN_SAMPLES} is for: of the
 * backends that are online, half have measured as long.
 */
public final class MeasuredLoads {

    /** The interval of samples by which they are counted. */
    public static final Duration SAMPLE = Duration.ofSeconds(15);

    private static final double MOST_UNKNOWN = 0.1;

    private MeasuredLoads() {}

    /**
     * The facts of a site.
     *
     * @param opening how long a session would have to last to be as much work as a login or a delivery, 0 to 1 h
     * @param movedAt when groups came to their backends, as far as is known
     */
    public static BalanceFacts facts(
            Instant now,
            List<Backend> backends,
            Collection<UserGroup> groups,
            Collection<BackendLoad> loads,
            Map<GroupId, Instant> movedAt,
            Duration opening,
            BalanceRules rules) {
        check("opening", opening, Duration.ZERO, Duration.ofHours(1));
        Map<BackendId, BackendLoad> known =
                loads.stream().collect(toMap(BackendLoad::backend, load -> load, (one, other) -> other));
        List<GroupLoad> measured = new ArrayList<>();
        List<UserGroup> unknown = new ArrayList<>();
        for (UserGroup group : groups) {
            Optional<GroupTraffic> traffic = Optional.ofNullable(known.get(group.backend()))
                    .filter(load -> isFresh(load, now, rules))
                    .flatMap(load -> Optional.ofNullable(load.groups().get(group.id())));
            if (traffic.isPresent()) {
                measured.add(new GroupLoad(
                        group, traffic.get().load(opening), Optional.ofNullable(movedAt.get(group.id()))));
            } else {
                unknown.add(group);
            }
        }
        double mean = measured.stream().mapToDouble(GroupLoad::load).average().orElse(0);
        unknown.forEach(group -> measured.add(new GroupLoad(group, mean, Optional.of(now))));
        List<BackendLoad> online = backends.stream()
                .filter(backend -> backend.status() == BackendStatus.ONLINE)
                .flatMap(backend -> Optional.ofNullable(known.get(backend.id())).stream())
                .toList();
        boolean enough = unknown.size() <= MOST_UNKNOWN * groups.size();
        return new BalanceFacts(
                now, backends, measured, enough ? samples(online) : 0, measuredAt(online, enough, now, rules));
    }

    private static boolean isFresh(BackendLoad load, Instant now, BalanceRules rules) {
        Duration age = Duration.between(load.at(), now).abs();
        return age.compareTo(rules.maxAge()) <= 0;
    }

    private static long samples(List<BackendLoad> online) {
        long[] measured = online.stream()
                .mapToLong(load -> load.measured().dividedBy(SAMPLE))
                .sorted()
                .toArray();
        return measured.length == 0 ? 0 : measured[(measured.length - 1) / 2];
    }

    /** The oldest of those that count; with too few of them, the one whose clock is farthest from ours. */
    private static Instant measuredAt(List<BackendLoad> online, boolean enough, Instant now, BalanceRules rules) {
        return online.stream()
                .filter(load -> !enough || isFresh(load, now, rules))
                .map(BackendLoad::at)
                .min(
                        enough
                                ? naturalOrder()
                                : comparing((Instant at) ->
                                        Duration.between(at, now).abs().negated()))
                .orElse(Instant.EPOCH);
    }
}
