package org.pombal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingTest {

    private static Setting.Builder<String> site() {
        return Setting.named("cluster_local_site", ValueTypes.text()).description("Name of the site.");
    }

    @Test
    void its_variable_is_its_name_in_upper_case_unless_told() {
        assertThat(site().required().environmentName()).isEqualTo("CLUSTER_LOCAL_SITE");
        assertThat(site().environmentName("CLUSTER_SITE").required().environmentName())
                .isEqualTo("CLUSTER_SITE");
    }

    @Test
    void it_is_required_or_has_a_default_or_may_be_left_unset() {
        assertThat(site().required().required()).isTrue();
        assertThat(site().withDefault("lisbon").defaultValue()).contains("lisbon");
        assertThat(site().optional().defaultValue()).contains(Optional.empty());
    }

    @Test
    void its_description_may_be_written_over_several_lines() {
        Setting<String> setting =
                Setting.named("a", ValueTypes.text()).description("""
                        One sentence.
                        Another.
                        """).required();
        assertThat(setting.description()).isEqualTo("One sentence. Another.");
    }

    @Test
    void it_needs_a_description_and_a_sound_name() {
        assertThatThrownBy(() -> Setting.named("a", ValueTypes.text()).required())
                .hasMessage("setting a has no description");
        assertThatThrownBy(() -> Setting.named("a-b", ValueTypes.text())
                        .description("Text.")
                        .required())
                .hasMessageContaining("'a-b' is not a setting's name");
    }

    @Test
    void a_secret_is_not_shown_unless_there_is_none() {
        Setting<Optional<String>> password = Setting.named("password", ValueTypes.text())
                .description("Text.")
                .secret()
                .optional();
        assertThat(password.shown(Optional.of("hunter2"))).isEqualTo("(secret)");
        assertThat(password.shown(Optional.empty())).isEmpty();
    }
}
