package org.pombal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpansTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "1 msec, PT0.001S",
        "2 milliseconds, PT0.002S",
        "5s, PT5S",
        "30 secs, PT30S",
        "1 second, PT1S",
        "1 min, PT1M",
        "3m, PT3M",
        "2 minutes, PT2M",
        "2 h, PT2H",
        "1 HOUR, PT1H",
        "1d, PT24H",
        "4 weeks, PT672H",
        "0, PT0S",
        "0 s, PT0S"
    })
    void reads_what_dovecot_reads(String text, Duration expected) {
        assertThat(TimeSpans.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "1.5 s", "5 parsecs", "1s 5ms", "1 month", "5\ts", "99999999999999999999s"})
    void refuses_what_is_no_time(String text) {
        assertThatThrownBy(() -> TimeSpans.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void says_that_the_unit_is_missing() {
        assertThatThrownBy(() -> TimeSpans.parse("5")).hasMessageContaining("the unit is missing");
    }

    @Test
    void refuses_a_time_that_no_duration_holds() {
        assertThatThrownBy(() -> TimeSpans.parse("999999999999999999 w")).hasMessage("too big");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT0.25S, 250 ms",
        "PT1.5S, 1500 ms",
        "PT90S, 90 s",
        "PT2M, 2 min",
        "PT1H, 1 h",
        "PT24H, 1 d",
        "PT336H, 2 w"
    })
    void prints_the_longest_exact_unit_and_reads_it_back(Duration span, String text) {
        assertThat(TimeSpans.print(span)).isEqualTo(text);
        assertThat(TimeSpans.parse(text)).isEqualTo(span);
    }
}
