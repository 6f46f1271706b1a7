package org.pombal.model.scale;

import static java.util.Objects.requireNonNull;
import static org.pombal.model.parameter.Range.check;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How many backends a site is to have at least at certain hours of the week, because what comes then is known beforehand.
 *
 * @param zone in which the hours are meant
 */
public record ScaleSchedule(ZoneId zone, List<Hours> hours) {

    /**
     * Some hours of some days.
     *
     * @param from included
     * @param to not included; midnight is the end of the day. Before {@code from}, the hours go past midnight
     * @param least 1 to 1,000
     */
    public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to, int least) {

        public Hours {
            requireNonNull(from, "from is null");
            requireNonNull(to, "to is null");
            check("least", least, 1, ScalerAnswer.MOST);
            if (days.isEmpty()) {
                throw new IllegalArgumentException("hours of no day");
            }
            days = Set.copyOf(EnumSet.copyOf(days));
        }

        private boolean includes(ZonedDateTime at) {
            LocalTime time = at.toLocalTime();
            DayOfWeek day = at.getDayOfWeek();
            boolean begun = days.contains(day) && !time.isBefore(from);
            if (from.isBefore(to)) {
                return begun && time.isBefore(to);
            }
            return begun || (days.contains(day.minus(1)) && time.isBefore(to));
        }
    }

    public static final ScaleSchedule NONE = new ScaleSchedule(ZoneId.of("UTC"), List.of());

    public ScaleSchedule {
        requireNonNull(zone, "zone is null");
        hours = List.copyOf(hours);
    }

    /** How many there are to be at least; 0 if nothing is said of that time. */
    public int leastAt(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        return hours.stream()
                .filter(one -> one.includes(local))
                .mapToInt(Hours::least)
                .max()
                .orElse(0);
    }
}
