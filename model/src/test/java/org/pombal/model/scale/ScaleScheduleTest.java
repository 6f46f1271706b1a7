package org.pombal.model.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pombal.model.scale.ScaleSchedule.Hours;

class ScaleScheduleTest {

    private static final ScaleSchedule SCHEDULE = new ScaleSchedule(
            ZoneId.of("Europe/Lisbon"),
            List.of(
                    new Hours(
                            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                            LocalTime.of(7, 30),
                            LocalTime.of(18, 0),
                            6),
                    new Hours(Set.of(DayOfWeek.FRIDAY), LocalTime.of(17, 0), LocalTime.of(2, 0), 8)));

    private static int at(String instant) {
        return SCHEDULE.leastAt(Instant.parse(instant));
    }

    @Test
    void hoursCountFromTheirBeginningToBeforeTheirEnd() {
        assertThat(at("2026-01-05T07:29:59Z")).isZero();
        assertThat(at("2026-01-05T07:30:00Z")).isEqualTo(6);
        assertThat(at("2026-01-05T17:59:59Z")).isEqualTo(6);
        assertThat(at("2026-01-05T18:00:00Z")).isZero();
    }

    @Test
    void theyAreThoseOfTheZoneInSummerToo() {
        assertThat(at("2026-07-06T06:30:00Z")).isEqualTo(6);
        assertThat(at("2026-07-06T17:00:00Z")).isZero();
    }

    @Test
    void hoursPastMidnightBelongToTheDayOnWhichTheyBegin() {
        assertThat(at("2026-01-09T17:30:00Z")).isEqualTo(8);
        assertThat(at("2026-01-10T01:59:00Z")).isEqualTo(8);
        assertThat(at("2026-01-10T02:00:00Z")).isZero();
        assertThat(at("2026-01-09T01:00:00Z")).isZero();
    }
}
