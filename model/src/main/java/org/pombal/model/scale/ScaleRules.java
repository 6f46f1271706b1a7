package org.pombal.model.scale;

import static java.util.Objects.requireNonNull;
import static org.pombal.model.parameter.Range.check;

import java.time.Duration;
import java.util.Optional;

/**
 * Within what, and how fast, the number of backends changes.
 *
 * @param least how many backends a site has at least, 1 to 1,000
 * @param most how many at most, {@code least} to 1,000
 * @param load see {@link LoadRules}; also says what may be removed, whatever scaler is used
 * @param pause after a change before the next one, 0 to 1 day: new backends first have to get load
 * @param lowFor how long fewer backends must have been enough before one is removed, 0 to 7 days
 * @param step how many backends are started at once, 1 to 100
 * @param startLimit how long a backend may take to come up, 10 s to 1 day; as long as one takes longer, no other is started
 * @param upFor how long it must be up before it is brought online, 0 to 1 h
 * @param gap between two decisions, after which what was wanted before is forgotten, 10 s to 1 h
 * @param names of those that the platform starts and stops; empty if none does, and nothing is carried out
 */
public record ScaleRules(
        int least,
        int most,
        ScaleSchedule schedule,
        LoadRules load,
        Duration pause,
        Duration lowFor,
        int step,
        Duration startLimit,
        Duration upFor,
        Duration gap,
        Optional<BackendNames> names) {

    public ScaleRules {
        requireNonNull(schedule, "schedule is null");
        requireNonNull(load, "load is null");
        requireNonNull(names, "names is null");
        check("least", least, 1, ScalerAnswer.MOST);
        check("most", most, least, ScalerAnswer.MOST);
        check("pause", pause, Duration.ZERO, Duration.ofDays(1));
        check("lowFor", lowFor, Duration.ZERO, Duration.ofDays(7));
        check("step", step, 1, 100);
        check("startLimit", startLimit, Duration.ofSeconds(10), Duration.ofDays(1));
        check("upFor", upFor, Duration.ZERO, Duration.ofHours(1));
        check("gap", gap, Duration.ofSeconds(10), Duration.ofHours(1));
    }

    /** With the defaults of the settings. */
    public static ScaleRules of(int least, int most, BackendNames names) {
        return new ScaleRules(
                least,
                most,
                ScaleSchedule.NONE,
                LoadRules.DEFAULTS,
                Duration.ofMinutes(3),
                Duration.ofMinutes(30),
                2,
                Duration.ofMinutes(10),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Optional.of(names));
    }
}
