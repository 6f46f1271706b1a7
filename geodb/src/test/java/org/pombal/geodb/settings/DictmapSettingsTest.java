package org.pombal.geodb.settings;

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

class DictmapSettingsTest {

    private static Settings resolve(Map<String, String> environment) throws SettingsException {
        return new SettingsResolver(new SettingsCatalog(List.of(GeoDbSettings.GROUP, DictmapSettings.GROUP)))
                .resolve(SettingsFile.none(), environment, Set.of("geodb", "dictmap"));
    }

    @Test
    void a_keyspace_is_created_only_where_both_switches_are_on() throws Exception {
        assertThat(DictmapSettings.keyspaceToCreate(resolve(Map.of()))).isEmpty();
        assertThat(DictmapSettings.keyspaceToCreate(resolve(Map.of("DICTMAP_ENABLED", "True"))))
                .contains("d8s_dovecot");
        assertThat(DictmapSettings.keyspaceToCreate(
                        resolve(Map.of("DICTMAP_ENABLED", "True", "INIT_DICTMAP_SCHEMA", "False"))))
                .isEmpty();
    }

    @Test
    void geo_db_keeps_its_keyspace_for_itself() throws Exception {
        Map<String, String> same = Map.of("CASSANDRA_GEODB_KEYSPACE", "mail", "CASSANDRA_DICTMAP_KEYSPACE", "mail");
        assertThat(DictmapSettings.keyspaceToCreate(resolve(same))).isEmpty();
        assertThatThrownBy(() -> resolve(Map.of(
                        "CASSANDRA_GEODB_KEYSPACE", "mail",
                        "CASSANDRA_DICTMAP_KEYSPACE", "mail",
                        "DICTMAP_ENABLED", "True")))
                .hasMessageContaining("CASSANDRA_DICTMAP_KEYSPACE is GeoDB's keyspace, mail: name another one");
    }
}
