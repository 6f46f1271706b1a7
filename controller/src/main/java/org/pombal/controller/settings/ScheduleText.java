package org.pombal.controller.settings;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pombal.model.scale.ScaleSchedule.Hours;
import org.pombal.settings.ValueType;

/** Hours of a week with a number of backends for each, as operators write them: {@code mon-fri 07:30-18:00 6; sat,sun 10:00-24:00 4}. */
final class ScheduleText {

    static final ValueType<List<Hours>> TYPE = new ValueType<>(
            "hours of a week with the least number of backends, such as 'mon-fri 07:30-18:00 6; sat,sun 10:00-24:00 4'",
            ScheduleText::parse,
            ScheduleText::print);

    private static final Pattern PART = Pattern.compile(
            "(?<days>[a-z,-]+)\\s+(?<from>[0-9]{2}:[0-9]{2})-(?<to>[0-9]{2}:[0-9]{2})\\s+(?<least>[0-9]{1,4})");

    private ScheduleText() {}

    static List<Hours> parse(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split(";", -1))
                .map(String::strip)
                .map(ScheduleText::hours)
                .toList();
    }

    private static Hours hours(String part) {
        Matcher matcher = PART.matcher(part);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + part + "' is not days, hours and a number");
        }
        try {
            return new Hours(
                    days(matcher.group("days")),
                    LocalTime.parse(matcher.group("from")),
                    matcher.group("to").equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(matcher.group("to")),
                    Integer.parseInt(matcher.group("least")));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + part + "' has a time that no day has", e);
        }
    }

    private static Set<DayOfWeek> days(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String range : text.split(",", -1)) {
            String[] ends = range.split("-", 2);
            DayOfWeek last = day(ends[ends.length - 1]);
            DayOfWeek day = day(ends[0]);
            days.add(day);
            while (day != last) {
                day = day.plus(1);
                days.add(day);
            }
        }
        return days;
    }

    private static DayOfWeek day(String text) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> name(day).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "' is not a day; those are mon, tue, wed, thu, fri, sat, sun"));
    }

    private static String name(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    static String print(List<Hours> hours) {
        List<String> parts = new ArrayList<>();
        for (Hours one : hours) {
            List<String> days = Arrays.stream(DayOfWeek.values())
                    .filter(one.days()::contains)
                    .map(ScheduleText::name)
                    .toList();
            String to = one.to().equals(LocalTime.MIDNIGHT) ? "24:00" : one.to().toString();
            parts.add(String.join(",", days) + " " + one.from() + "-" + to + " " + one.least());
        }
        return String.join("; ", parts);
    }
}
