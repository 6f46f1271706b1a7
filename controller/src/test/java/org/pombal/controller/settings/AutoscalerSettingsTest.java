package org.pombal.controller.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pombal.controller.TestController;
import org.pombal.model.scale.BackendNames;
import org.pombal.model.scale.LoadRules;
import org.pombal.model.scale.ScaleRules;
import org.pombal.model.scale.ScaleSchedule;
import org.pombal.settings.Settings;

class AutoscalerSettingsTest {

    private static Settings settings(String... lines) {
        Map<String, String> all = new HashMap<>(Map.of("CLUSTER_SITE", "lisbon"));
        for (String line : lines) {
            String[] parts = line.split("=", 2);
            all.put(parts[0], parts[1]);
        }
        return TestController.settings(all);
    }

    @Test
    void withoutAnyOfThemTheNumberOfBackendsStaysAsItIs() {
        assertThat(settings().get(AutoscalerSettings.SCALER)).isEqualTo(ScalerKind.DEFAULT);
        assertThat(settings().get(AutoscalerSettings.ACTUATOR)).isEqualTo(ActuatorKind.NONE);
        assertThat(AutoscalerRules.of(settings()))
                .isEqualTo(new ScaleRules(
                        1,
                        1_000,
                        ScaleSchedule.NONE,
                        LoadRules.DEFAULTS,
                        Duration.ofMinutes(3),
                        Duration.ofMinutes(30),
                        2,
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        Optional.empty()));
    }

    @Test
    void allOfThemBecomeRules() {
        ScaleRules rules = AutoscalerRules.of(settings(
                "AUTOSCALER=load",
                "AUTOSCALER_MIN=2",
                "AUTOSCALER_MAX=8",
                "AUTOSCALER_INTERVAL=1min",
                "AUTOSCALER_SCHEDULE=mon-fri 07:30-18:00 6; sat,sun 10:00-24:00 4",
                "AUTOSCALER_TIME_ZONE=Europe/Lisbon",
                "AUTOSCALER_METRIC=both",
                "AUTOSCALER_SESSIONS_PER_BACKEND=2000",
                "AUTOSCALER_TARGET=0.5",
                "AUTOSCALER_SLACK=0.2",
                "AUTOSCALER_LIMIT=0.7",
                "AUTOSCALER_PAUSE=1min",
                "AUTOSCALER_LOW_FOR=1h",
                "AUTOSCALER_STEP=3",
                "AUTOSCALER_START_LIMIT=5min",
                "AUTOSCALER_UP_FOR=10s",
                "AUTOSCALER_BACKEND_NAME=b%{number}.example.org",
                "AUTOSCALER_FIRST_NUMBER=1"));
        assertThat(rules.load())
                .isEqualTo(new LoadRules(LoadRules.Metric.BOTH, 0.5, 0.2, 0.7, OptionalDouble.of(2_000)));
        assertThat(rules.names()).contains(new BackendNames("b%{number}.example.org", 1));
        assertThat(rules.schedule().hours()).hasSize(2);
        assertThat(ScheduleText.print(rules.schedule().hours()))
                .isEqualTo("mon,tue,wed,thu,fri 07:30-18:00 6; sat,sun 10:00-24:00 4");
        assertThat(rules.gap()).isEqualTo(Duration.ofMinutes(10));
        assertThat(rules.least()).isEqualTo(2);
        assertThat(rules.most()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AUTOSCALER=load | AUTOSCALER = load needs AUTOSCALER_MAX
            AUTOSCALER=class AUTOSCALER_MAX=3 | AUTOSCALER = class needs AUTOSCALER_CLASS and AUTOSCALER_JAR
            AUTOSCALER=command AUTOSCALER_MAX=3 | AUTOSCALER = command needs AUTOSCALER_COMMAND
            AUTOSCALER=http AUTOSCALER_MAX=3 | AUTOSCALER = http needs AUTOSCALER_URL
            AUTOSCALER_MIN=4 AUTOSCALER_MAX=3 | AUTOSCALER_MIN is above AUTOSCALER_MAX
            AUTOSCALER_METRIC=sessions | AUTOSCALER_METRIC = sessions needs AUTOSCALER_SESSIONS_PER_BACKEND
            AUTOSCALER_LIMIT=0.5 | AUTOSCALER_LIMIT is below AUTOSCALER_TARGET
            AUTOSCALER_ACTUATOR=command | needs AUTOSCALER_ACTUATOR_COMMAND and AUTOSCALER_BACKEND_NAME
            AUTOSCALER_ACTUATOR=kubernetes | needs AUTOSCALER_KUBERNETES_STATEFULSET and AUTOSCALER_BACKEND_NAME
            AUTOSCALER_BACKEND_NAME=b.example.org | does not have %{number} in it once
            AUTOSCALER_TIME_ZONE=Nowhere | no such zone
            """)
    void whatDoesNotGoTogetherIsRefused(String lines, String message) {
        assertThatThrownBy(() -> settings(lines.split(" "))).hasStackTraceContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mo 07:00-08:00 3 | is not a day
            mon 07:00-25:00 3 | has a time that no day has
            mon 7-8 3 | is not days, hours and a number
            mon 07:00-08:00 0 | least is 1 to 1000
            """)
    void aScheduleIsReadStrictly(String schedule, String message) {
        assertThatThrownBy(() -> settings("AUTOSCALER_SCHEDULE=" + schedule)).hasStackTraceContaining(message);
    }
}
