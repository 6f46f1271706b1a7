package org.pombal.geodb.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pombal.geodb.cassandra.CassandraConfig.LoadBalancing;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsCatalog;
import org.pombal.settings.SettingsException;
import org.pombal.settings.SettingsFile;
import org.pombal.settings.SettingsResolver;

class GeoDbSettingsTest {

    private static Settings resolve(Map<String, String> environment) throws SettingsException {
        return new SettingsResolver(new SettingsCatalog(List.of(GeoDbSettings.GROUP)))
                .resolve(SettingsFile.none(), environment, Set.of("geodb"));
    }

    private static List<String> problems(Map<String, String> environment) {
        return catchThrowableOfType(SettingsException.class, () -> resolve(environment))
                .problems();
    }

    @Test
    void defaults_reach_a_cassandra_on_this_machine() throws Exception {
        Settings settings = resolve(Map.of());
        assertThat(settings.get(GeoDbSettings.SERVERS)).containsExactly("localhost");
        assertThat(settings.get(GeoDbSettings.PORT)).isEqualTo(9042);
        assertThat(settings.get(GeoDbSettings.KEYSPACE)).isEqualTo("d8s_cluster");
        assertThat(settings.get(GeoDbSettings.GEODB_KEYSPACE)).isEqualTo("d8s_cluster");
        assertThat(settings.get(GeoDbSettings.LOCAL_DC)).isEqualTo("d8s_cluster");
        assertThat(settings.get(GeoDbSettings.LOAD_BALANCING_POLICY)).isEqualTo(LoadBalancing.DC_AWARE_ROUND_ROBIN);
        assertThat(settings.get(GeoDbSettings.USED_HOSTS_PER_REMOTE_DC)).isZero();
        assertThat(settings.get(GeoDbSettings.PROTOCOL_VERSION)).isEmpty();
        assertThat(settings.get(GeoDbSettings.TLS_ENABLED)).isFalse();
        assertThat(settings.get(GeoDbSettings.TLS_CA_FILE)).isEmpty();
        assertThat(settings.get(GeoDbSettings.TLS_CHECK_HOST_NAME)).isTrue();
        assertThat(settings.get(GeoDbSettings.USERNAME)).isEmpty();
        assertThat(settings.get(GeoDbSettings.PASSWORD)).isEmpty();
        assertThat(settings.get(GeoDbSettings.REPLICATION)).isEmpty();
        assertThat(settings.get(GeoDbSettings.REQUEST_TIMEOUT)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void each_can_be_set() throws Exception {
        Settings settings = resolve(Map.ofEntries(
                Map.entry("CASSANDRA_SERVERS", "cassandra-0.example.org,10.0.0.2, 2001:db8::3"),
                Map.entry("CASSANDRA_PORT", "9142"),
                Map.entry("CASSANDRA_KEYSPACE", "mail"),
                Map.entry("CASSANDRA_GEODB_KEYSPACE", "mail"),
                Map.entry("CASSANDRA_LOCAL_DC", "west"),
                Map.entry("CASSANDRA_LOAD_BALANCING_POLICY", "RoundRobin"),
                Map.entry("CASSANDRA_USED_HOSTS_PER_REMOTE_DC", "0"),
                Map.entry("CASSANDRA_PROTOCOL_VERSION", "5"),
                Map.entry("CASSANDRA_TLS_ENABLED", "True"),
                Map.entry("CASSANDRA_TLS_CA_FILE", "/etc/pombal/ca.pem"),
                Map.entry("CASSANDRA_TLS_CHECK_HOST_NAME", "no"),
                Map.entry("CASSANDRA_USERNAME", "pombal"),
                Map.entry("CASSANDRA_PASSWORD", "hunter2"),
                Map.entry("CASSANDRA_DATACENTER_REPLICATIONFACTOR", "west:3,east:3"),
                Map.entry("CASSANDRA_REQUEST_TIMEOUT", "500ms")));
        assertThat(settings.get(GeoDbSettings.SERVERS))
                .containsExactly("cassandra-0.example.org", "10.0.0.2", "2001:db8:0:0:0:0:0:3");
        assertThat(settings.get(GeoDbSettings.PORT)).isEqualTo(9142);
        assertThat(settings.get(GeoDbSettings.KEYSPACE)).isEqualTo("mail");
        assertThat(settings.get(GeoDbSettings.LOCAL_DC)).isEqualTo("west");
        assertThat(settings.get(GeoDbSettings.LOAD_BALANCING_POLICY)).isEqualTo(LoadBalancing.ROUND_ROBIN);
        assertThat(settings.get(GeoDbSettings.PROTOCOL_VERSION)).contains(5);
        assertThat(settings.get(GeoDbSettings.TLS_ENABLED)).isTrue();
        assertThat(settings.get(GeoDbSettings.TLS_CA_FILE)).contains(Path.of("/etc/pombal/ca.pem"));
        assertThat(settings.get(GeoDbSettings.TLS_CHECK_HOST_NAME)).isFalse();
        assertThat(settings.get(GeoDbSettings.USERNAME)).contains("pombal");
        assertThat(settings.get(GeoDbSettings.PASSWORD)).contains("hunter2");
        assertThat(settings.get(GeoDbSettings.REPLICATION)).contains(Map.of("west", 3, "east", 3));
        assertThat(settings.get(GeoDbSettings.REQUEST_TIMEOUT)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void bad_values_are_all_refused() {
        assertThat(problems(Map.ofEntries(
                        Map.entry("CASSANDRA_SERVERS", "a_b"),
                        Map.entry("CASSANDRA_PORT", "0"),
                        Map.entry("CASSANDRA_KEYSPACE", "Mail"),
                        Map.entry("CASSANDRA_GEODB_KEYSPACE", "9mail"),
                        Map.entry("CASSANDRA_LOCAL_DC", "\t"),
                        Map.entry("CASSANDRA_LOAD_BALANCING_POLICY", "Random"),
                        Map.entry("CASSANDRA_USED_HOSTS_PER_REMOTE_DC", "2"),
                        Map.entry("CASSANDRA_PROTOCOL_VERSION", "2"),
                        Map.entry("CASSANDRA_TLS_ENABLED", "maybe"),
                        Map.entry("CASSANDRA_TLS_CA_FILE", "ca.pem"),
                        Map.entry("CASSANDRA_TLS_CHECK_HOST_NAME", "maybe"),
                        Map.entry("CASSANDRA_USERNAME", "\t"),
                        Map.entry("CASSANDRA_PASSWORD", "hunter2\t"),
                        Map.entry("CASSANDRA_DATACENTER_REPLICATIONFACTOR", "3"),
                        Map.entry("CASSANDRA_REQUEST_TIMEOUT", "10ms"))))
                .hasSize(15)
                .noneMatch(problem -> problem.contains("hunter2"));
    }

    @Test
    void the_older_name_of_the_local_data_centre_is_understood() throws Exception {
        assertThat(resolve(Map.of("CASSANDRA_SITE", "west")).get(GeoDbSettings.LOCAL_DC))
                .isEqualTo("west");
    }

    @Test
    void the_two_names_of_the_keyspace_must_agree() {
        assertThat(problems(Map.of("CASSANDRA_KEYSPACE", "a", "CASSANDRA_GEODB_KEYSPACE", "b")))
                .containsExactly("CASSANDRA_KEYSPACE (a, from environment variable CASSANDRA_KEYSPACE) and"
                        + " CASSANDRA_GEODB_KEYSPACE (b, from environment variable CASSANDRA_GEODB_KEYSPACE) are two"
                        + " names of one keyspace and must agree; give only one of them");
    }

    @Test
    void a_password_needs_a_username_and_the_other_way_round() {
        assertThat(problems(Map.of("CASSANDRA_PASSWORD", "hunter2"))).hasSize(1);
        assertThat(problems(Map.of("CASSANDRA_USERNAME", "pombal")))
                .containsExactly("CASSANDRA_USERNAME and CASSANDRA_PASSWORD go together, and only one of them is set");
    }

    @Test
    void a_certificate_authority_without_encryption_is_a_mistake() {
        assertThat(problems(Map.of("CASSANDRA_TLS_CA_FILE", "/etc/ca.pem")))
                .containsExactly(
                        "CASSANDRA_TLS_CA_FILE is set, but nothing is encrypted: set CASSANDRA_TLS_ENABLED = yes");
    }

    @Test
    void the_local_data_centre_must_keep_copies() {
        assertThat(problems(Map.of("CASSANDRA_DATACENTER_REPLICATIONFACTOR", "west:3")))
                .singleElement()
                .asString()
                .contains("keeps no copy in the local data centre", "CASSANDRA_LOCAL_DC (d8s_cluster, from default)");
    }

    @Test
    void a_port_that_kubernetes_set_is_explained() {
        assertThat(problems(Map.of("CASSANDRA_PORT", "tcp://10.0.0.1:9042")))
                .singleElement()
                .asString()
                .contains("enableServiceLinks: false");
    }
}
