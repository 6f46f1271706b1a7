package org.pombal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReferencePageTest {

    @Test
    void tells_all_about_each_setting() {
        Setting<Integer> port = Setting.named("CASSANDRA_PORT", ValueTypes.wholeNumber(1, 65535))
                .description("TCP port of Cassandra.")
                .formerly("CASSANDRA_TCP_PORT")
                .withDefault(9042);
        SettingsGroup group = SettingsGroup.of("geodb", "GeoDB", "Where the cluster's truth is.", port)
                .withRetired(new RetiredSetting("CASSANDRA_RPC", "leave it out"))
                .withUnsupported(UnsupportedSetting.refused("CASSANDRA_COLOUR", "it has none"));
        assertThat(new ReferencePage(new SettingsCatalog(List.of(group))).markdown())
                .startsWith("# Configuration\n")
                .endsWith("""

                        ## GeoDB

                        Where the cluster's truth is.

                        ### `CASSANDRA_PORT`

                        TCP port of Cassandra.

                        - Allowed: a whole number from 1 to 65535
                        - Default: `9042`
                        - Environment: `CASSANDRA_PORT`
                        - Former name: `CASSANDRA_TCP_PORT`, still understood

                        ### No longer settings

                        - `CASSANDRA_RPC`: leave it out

                        ### Not supported

                        - `CASSANDRA_COLOUR`, because it has none
                        """);
    }

    @Test
    void says_what_must_be_given_what_may_be_left_and_what_is_secret() {
        SettingsGroup group = SettingsGroup.of(
                "test",
                "Test",
                "For tests.",
                Setting.named("a", ValueTypes.text()).description("Text.").required(),
                Setting.named("b", ValueTypes.text()).description("Text.").optional(),
                Setting.named("c", ValueTypes.text())
                        .description("Text.")
                        .secret()
                        .withDefault("hunter2"));
        assertThat(new ReferencePage(new SettingsCatalog(List.of(group))).markdown())
                .contains("- Default: none, it must be given\n")
                .contains("- Default: not set\n")
                .contains("- Secret: never shown or logged\n")
                .doesNotContain("hunter2");
    }
}
