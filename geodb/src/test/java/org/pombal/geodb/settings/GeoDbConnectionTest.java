package org.pombal.geodb.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsCatalog;
import org.pombal.settings.SettingsException;
import org.pombal.settings.SettingsFile;
import org.pombal.settings.SettingsResolver;

class GeoDbConnectionTest {

    private static Settings settings(Map<String, String> environment) throws SettingsException {
        return new SettingsResolver(new SettingsCatalog(List.of(GeoDbSettings.GROUP)))
                .resolve(SettingsFile.none(), environment, Set.of("geodb"));
    }

    @Test
    void plain_settings_give_a_plain_connection() throws Exception {
        CassandraConfig connection = GeoDbConnection.of(settings(Map.of("CASSANDRA_SERVERS", "a,b")));
        assertThat(connection.contactPoints()).containsExactly("a", "b");
        assertThat(connection.credentials()).isEmpty();
        assertThat(connection.tls()).isEmpty();
    }

    @Test
    void encryption_and_password_are_taken_over() throws Exception {
        CassandraConfig connection = GeoDbConnection.of(settings(Map.of(
                "CASSANDRA_TLS_ENABLED", "yes",
                "CASSANDRA_TLS_CA_FILE", "/etc/ca.pem",
                "CASSANDRA_USERNAME", "pombal",
                "CASSANDRA_PASSWORD", "hunter2")));
        assertThat(connection.tls()).contains(new CassandraConfig.Tls(Optional.of(Path.of("/etc/ca.pem")), true));
        assertThat(connection.credentials()).contains(new CassandraConfig.Credentials("pombal", "hunter2"));
    }

    @Test
    void either_name_of_the_keyspace_is_taken() throws Exception {
        assertThat(GeoDbConnection.of(settings(Map.of("CASSANDRA_KEYSPACE", "mail")))
                        .keyspace())
                .isEqualTo("mail");
        assertThat(GeoDbConnection.of(settings(Map.of("CASSANDRA_GEODB_KEYSPACE", "mail")))
                        .keyspace())
                .isEqualTo("mail");
    }

    @Test
    void the_local_data_centre_keeps_three_copies_unless_told() throws Exception {
        assertThat(GeoDbConnection.of(settings(Map.of("CASSANDRA_LOCAL_DC", "west")))
                        .replication())
                .isEqualTo(Map.of("west", 3));
        assertThat(GeoDbConnection.of(settings(Map.of(
                                "CASSANDRA_LOCAL_DC",
                                "west",
                                "CASSANDRA_DATACENTER_REPLICATIONFACTOR",
                                "west:1,east:2")))
                        .replication())
                .isEqualTo(Map.of("west", 1, "east", 2));
    }

    @Test
    void an_embedded_cassandra_keeps_one_copy_and_is_reached_where_it_listens() throws Exception {
        CassandraConfig connection =
                GeoDbConnection.toEmbedded(settings(Map.of("CASSANDRA_PORT", "9142")), "127.0.0.3");
        assertThat(connection.servers()).isEqualTo("127.0.0.3:9142");
        assertThat(connection.replication()).isEqualTo(Map.of("d8s_cluster", 1));
    }
}
