package org.pombal.app.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsCatalog;
import org.pombal.settings.SettingsException;
import org.pombal.settings.SettingsFile;
import org.pombal.settings.SettingsResolver;

class LogSettingsTest {

    static Settings resolve(Map<String, String> environment) throws SettingsException {
        return new SettingsResolver(new SettingsCatalog(List.of(LogSettings.GROUP)))
                .resolve(SettingsFile.none(), environment, Set.of("log"));
    }

    @Test
    void defaults_are_text_at_info() throws Exception {
        Settings settings = resolve(Map.of());
        assertThat(settings.get(LogSettings.FORMAT)).isEqualTo(LogFormat.TEXT);
        assertThat(settings.get(LogSettings.LEVEL)).isEqualTo(LogLevel.INFO);
    }

    @Test
    void both_can_be_set() throws Exception {
        Settings settings = resolve(Map.of("LOG_FORMAT", "json", "LOG_LEVEL", "trace"));
        assertThat(settings.get(LogSettings.FORMAT)).isEqualTo(LogFormat.JSON);
        assertThat(settings.get(LogSettings.LEVEL)).isEqualTo(LogLevel.TRACE);
    }

    @Test
    void other_values_are_refused() {
        assertThatThrownBy(() -> resolve(Map.of("LOG_FORMAT", "xml", "LOG_LEVEL", "all")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("LOG_FORMAT = xml")
                .hasMessageContaining("LOG_LEVEL = all");
    }
}
