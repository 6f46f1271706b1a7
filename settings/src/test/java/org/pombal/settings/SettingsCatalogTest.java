package org.pombal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsCatalogTest {

    private static Setting<String> setting(String name, String... formerNames) {
        return Setting.named(name, ValueTypes.text())
                .description("Text.")
                .formerly(formerNames)
                .required();
    }

    private static SettingsCatalog catalog(Setting<?>... settings) {
        return new SettingsCatalog(List.of(SettingsGroup.of("test", "Test", "For tests.", settings)));
    }

    @Test
    void finds_a_setting_by_name_former_name_and_variable() {
        Setting<String> dataCentre = setting("local_dc", "site");
        SettingsCatalog catalog = catalog(setting("port"), dataCentre);
        assertThat(catalog.named("local_dc")).contains(dataCentre);
        assertThat(catalog.named("site")).contains(dataCentre);
        assertThat(catalog.ofVariable("SITE")).contains(dataCentre);
        assertThat(catalog.named("LOCAL_DC")).isEmpty();
    }

    @Test
    void refuses_a_name_that_is_declared_twice() {
        assertThatThrownBy(() -> catalog(setting("a"), setting("a"))).hasMessage("setting a is declared twice");
        assertThatThrownBy(() -> catalog(setting("a"), setting("b", "a"))).hasMessage("setting a is declared twice");
    }

    @Test
    void refuses_a_variable_that_is_declared_twice() {
        assertThatThrownBy(() -> catalog(setting("a"), setting("A"))).hasMessage("setting A is declared twice");
    }

    @Test
    void refuses_a_retired_name_that_is_still_declared() {
        SettingsGroup group = SettingsGroup.of("test", "Test", "For tests.", setting("a"))
                .withRetired(new RetiredSetting("a", "leave it out"));
        assertThatThrownBy(() -> new SettingsCatalog(List.of(group)))
                .hasMessage("setting a is both declared and retired");
    }

    @Test
    void refuses_an_unsupported_name_that_is_declared() {
        SettingsGroup group = SettingsGroup.of("test", "Test", "For tests.", setting("a"))
                .withUnsupported(UnsupportedSetting.refused("a", "nobody needs it"));
        assertThatThrownBy(() -> new SettingsCatalog(List.of(group)))
                .hasMessage("setting a is both declared and unsupported");
    }
}
