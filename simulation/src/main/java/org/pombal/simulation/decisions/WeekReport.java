package org.pombal.simulation.decisions;

import java.io.PrintStream;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.pombal.model.scale.LoadRules;
import org.pombal.model.scale.ScaleRules;
import org.pombal.model.scale.ScaleSchedule;
import org.pombal.model.scale.ScalerAnswer;

/** A week with several ways to have backends: what each costs, and how long backends were overloaded. */
final class WeekReport {

    private static final int MOST = 30;
    private static final int AT_FIRST = 4;
    private static final Duration GAP = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofMinutes(3);
    private static final Duration LOW_FOR = Duration.ofMinutes(30);

    /** Of the hours of a site that is large enough for the week's peak. */
    private static final double MOST_HOURS = 0.5;

    private static final int MOST_OVERLOADED = 10;

    private final long seed;

    WeekReport(long seed) {
        this.seed = seed;
    }

    boolean run(PrintStream out) {
        WeekLoad load = new WeekLoad(seed);
        int forTheWeek = 1 + (int) Math.ceil(load.peak(WeekLoad.WEEK) / 0.7);
        int forTheFirstDay = 1 + (int) Math.ceil(load.peak(WeekLoad.DAY) / 0.7);
        Table table = new Table(
                "A week: daily curve, load that doubles, one backend dead for 2.5 h (overloaded: used to more than 85 %; bars for load: 10 min, half the hours)",
                "",
                "backends",
                "backend-hours",
                "overloaded, min",
                "highest use, %",
                "started",
                "removed",
                "groups moved");
        ScaledWeek fixed = row(table, "fixed, for the week's peak", fixed(forTheWeek));
        ScaledWeek standing = row(table, "default, as many as on Monday", fixed(forTheFirstDay));
        ScaledWeek ours = row(table, "load", byLoad());
        ScaleRules scheduled = rules(LoadRules.DEFAULTS, mornings(), PAUSE, LOW_FOR);
        ScaledWeek early = row(table, "load, with a schedule", week(ScaledWeek.byLoad(scheduled), scheduled));
        LoadRules eager = new LoadRules(LoadRules.Metric.CPU, 0.6, 0, 0.8, OptionalDouble.empty());
        ScaleRules hasty = rules(eager, ScaleSchedule.NONE, Duration.ZERO, Duration.ZERO);
        ScaledWeek naive = row(table, "load, at once and without slack", week(ScaledWeek.byLoad(hasty), hasty));
        table.print(out);
        return isGood(ours)
                && ours.backendHours < MOST_HOURS * fixed.backendHours
                && early.overloaded <= MOST_OVERLOADED
                && ours.overloaded < standing.overloaded
                && ours.started < naive.started;
    }

    /** The same week with the scaler that follows load, by itself. */
    ScaledWeek byLoad() {
        ScaleRules rules = rules(LoadRules.DEFAULTS, ScaleSchedule.NONE, PAUSE, LOW_FOR);
        return week(ScaledWeek.byLoad(rules), rules);
    }

    static boolean isGood(ScaledWeek week) {
        return week.overloaded <= MOST_OVERLOADED;
    }

    private ScaledWeek week(ScaledWeek.Scaler scaler, ScaleRules rules) {
        return new ScaledWeek(seed, AT_FIRST, scaler, rules).run();
    }

    private ScaledWeek fixed(int count) {
        ScaledWeek.Scaler same = (facts, memory) -> new ScalerAnswer.Wanted(count, "it is fixed");
        return new ScaledWeek(seed, count, same, rules(LoadRules.DEFAULTS, ScaleSchedule.NONE, PAUSE, LOW_FOR)).run();
    }

    private static ScaleRules rules(LoadRules load, ScaleSchedule schedule, Duration pause, Duration lowFor) {
        return new ScaleRules(
                3,
                MOST,
                schedule,
                load,
                pause,
                lowFor,
                2,
                GAP,
                Duration.ofSeconds(30),
                GAP,
                Optional.of(ScaledWeek.NAMES));
    }

    /** From before people come to work. */
    private static ScaleSchedule mornings() {
        return new ScaleSchedule(
                ZoneId.of("UTC"),
                List.of(new ScaleSchedule.Hours(
                        EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                        LocalTime.of(6, 0),
                        LocalTime.of(12, 0),
                        10)));
    }

    private static ScaledWeek row(Table table, String name, ScaledWeek week) {
        table.row(
                name,
                week.least == week.most ? String.valueOf(week.most) : week.least + " to " + week.most,
                Math.round(week.backendHours),
                week.overloaded,
                Math.round(100 * week.highest),
                week.started,
                week.removed,
                week.moves);
        return week;
    }
}
