package org.pombal.app;

import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pombal.controller.settings.ControllerSettings;
import org.pombal.controller.settings.TaskSettings;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsException;
import org.pombal.settings.SettingsFile;
import org.pombal.settings.SettingsResolver;

/**
 * Every setting that Palomar's public documentation names for its controller: its admin and controller pages, its summary of settings
 * (https://doc.dovecotpro.com/main/core/summaries/settings.html), and the variables of its Compose package.
 */
class ReferenceSettingsTest {

    private static final Set<String> CONTROLLER =
            Stream.concat(ControllerSettings.GROUPS.stream(), Stream.of("log")).collect(toUnmodifiableSet());

    private static Settings resolve(SettingsFile file, Map<String, String> more) throws SettingsException {
        Map<String, String> all = new HashMap<>(Map.of("CLUSTER_SITE", "lisbon"));
        all.putAll(more);
        return new SettingsResolver(AllSettings.CATALOG).resolve(file, all, CONTROLLER);
    }

    private static Settings resolve(Map<String, String> more) throws SettingsException {
        return resolve(SettingsFile.none(), more);
    }

    private static String inForce(Settings settings, String name) {
        return settings.inForce().stream()
                .filter(line -> line.name().equals(name))
                .map(Settings.InForce::value)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no setting " + name));
    }

    /**
     * @param type as the reference gives it
     * @param theirs the reference's default, as Python writes it
     * @param ours what is in force when nothing is given
     * @param other another value, as Python writes it
     * @param shown what is in force then
     * @param wrong a value that is refused
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            CASSANDRA_GEODB_KEYSPACE               | String     | d8s_cluster         | d8s_cluster       | elsewhere           | elsewhere            | d8s-cluster
            CASSANDRA_KEYSPACE                     | String     | d8s_cluster         | d8s_cluster       | elsewhere           | elsewhere            | d8s-cluster
            CASSANDRA_LOAD_BALANCING_POLICY        | String     | DCAwareRoundRobin   | DCAwareRoundRobin | RoundRobin          | RoundRobin           | Random
            CASSANDRA_LOCAL_DC                     | String     | d8s_cluster         | d8s_cluster       | dc1                 | dc1                  | `a\tb`
            CASSANDRA_PORT                         | Integer    | 9042                | 9042              | 9142                | 9142                 | '9042'
            CASSANDRA_PROTOCOL_VERSION             | Integer    | 4                   | ``                | 5                   | 5                    | 6
            CASSANDRA_SERVERS                      | String     | localhost           | localhost         | 10.0.0.1,10.0.0.2   | 10.0.0.1, 10.0.0.2   | under_score
            CASSANDRA_TLS_ENABLED                  | Boolean    | False               | no                | True                | yes                  | None
            CASSANDRA_USED_HOSTS_PER_REMOTE_DC     | Integer    | 0                   | 0                 | 0                   | 0                    | 2
            CASSANDRA_DATACENTER_REPLICATIONFACTOR | Sequence   | ['d8s_cluster,3']   | ``                | {'d8s_cluster': 5}  | d8s_cluster:5        | ['d8s_cluster']
            INIT_GEODB_SCHEMA                      | Boolean    | True                | yes               | False               | no                   | None
            INIT_SITE                              | Boolean    | True                | yes               | False               | no                   | None
            DICTMAP_ENABLED                        | Boolean    | True                | no                | True                | yes                  | None
            INIT_DICTMAP_SCHEMA                    | Boolean    | True                | yes               | False               | no                   | None
            CASSANDRA_DICTMAP_KEYSPACE             | String     | d8s_dovecot         | d8s_dovecot       | elsewhere           | elsewhere            | d8s-dovecot
            DOMAIN                                 | String     | d8s.test            | d8s.test          | mail.example.org    | mail.example.org     | `a\tb`
            HOST_LOAD_BALANCE_MIN_SAMPLES          | Integer    | 3000                | 3000              | 100                 | 100                  | -1
            HOST_LOAD_BALANCE_SCORE_DELTA_THRESHOLD_RATIO | Float | 0.2               | 0.1               | 1                   | 1                    | 10.5
            GROUP_BALANCE_ENABLED                  | Boolean    | True                | yes               | False               | no                   | None
            GROUP_BALANCE_GROUP_SIZE_RATIO_SLACK   | Float      | 0.1                 | 0.2               | 0.25                | 0.25                 | 0
            GROUP_BALANCE_MAX_USER_MOVE_BETWEEN_GROUPS | Integer | 1000               | 2000              | 100                 | 100                  | 0
            GROUP_BALANCE_MAX_USER_MOVES_PER_PASS  | Integer    | 10                  | 50                | 20                  | 20                   | 0
            CONTROLLER_API_LOG_LEVEL               | level      | info                | ``                | WARNING             | warn                 | loud
            CONTROLLER_WORKER_LOG_LEVEL            | level      | info                | ``                | debug               | debug                | loud
            CONTROLLER_SCHEDULER_LOG_LEVEL         | level      | info                | ``                | critical            | error                | loud
            """)
    void is_honoured(String name, String type, String theirs, String ours, String other, String shown, String wrong)
            throws Exception {
        assertThat(inForce(resolve(Map.of()), name)).isEqualTo(ours);
        assertThatCode(() -> resolve(Map.of(name, theirs))).as(type).doesNotThrowAnyException();
        assertThat(inForce(resolve(Map.of(name, other)), name)).isEqualTo(shown);
        assertThatThrownBy(() -> resolve(Map.of(name, wrong)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("environment variable " + name + ": " + name + " = ")
                .hasMessageContaining("; allowed is ");
    }

    /** Their values may have passwords in them. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            CELERY_BROKER_URL               | redis://localhost:6379/0 | amqp://rabbit
            REDIS_URL                       | redis://localhost:6379/0 | localhost
            CELERY_BROKER_TRANSPORT_OPTIONS | {}                       | {'colour': 'red'}
            """)
    void is_honoured_and_not_shown(String name, String theirs, String wrong) throws Exception {
        assertThat(inForce(resolve(Map.of()), name)).isEmpty();
        assertThat(inForce(resolve(Map.of(name, theirs)), name)).isEqualTo("(secret)");
        assertThatThrownBy(() -> resolve(Map.of(name, wrong)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("environment variable " + name + ": " + name + " has a bad value")
                .hasMessageNotContaining(wrong);
    }

    @Test
    void sentinels_are_found_as_celery_finds_them() throws Exception {
        Settings settings = resolve(Map.of(
                "CELERY_BROKER_URL", "sentinel://s1:26379;sentinel://s2:26379",
                "CELERY_BROKER_TRANSPORT_OPTIONS", "{'master_name': 'pombal'}"));
        assertThat(TaskSettings.broker(settings).orElseThrow().hosts()).hasSize(2);
        assertThat(settings.get(TaskSettings.BROKER_OPTIONS).orElseThrow().masterName())
                .contains("pombal");
    }

    @Test
    void cluster_site_must_be_given() {
        assertThatThrownBy(() -> resolve(Map.of("CLUSTER_SITE", "")))
                .hasMessageContaining("cluster_local_site is not set")
                .hasMessageContaining("CLUSTER_SITE");
    }

    @Test
    void cassandra_site_is_the_older_name_of_cassandra_local_dc() throws Exception {
        Settings settings = resolve(Map.of("CASSANDRA_SITE", "dc1"));
        assertThat(inForce(settings, "CASSANDRA_LOCAL_DC")).isEqualTo("dc1");
        assertThat(settings.warnings()).singleElement().asString().contains("former name of CASSANDRA_LOCAL_DC");
    }

    /**
     * @param theirs the reference's default or, where it names none, a likely value
     * @param harmless a value that asks for nothing, if there is one
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            BACKEND_REACHABILITY_NAME_RESOLUTION_FAILURE_DURATION_ALLOWED_SECS | Integer    | 10                                    |       | leases
            CONTROLLER_IMAGE_URL                                               | Compose    | registry.example.org/controller       |       | .env
            CONTROLLER_IMAGE_TAG                                               | Compose    | 3.0.0                                 |       | .env
            CONTROLLER_WORKER_LOW_PRIO_REPLICAS                                | Compose    | 2                                     |       | .env
            CONTROLLER_WORKER_HIGH_PRIO_REPLICAS                               | Compose    | 1                                     |       | .env
            CONTROLLER_REDIS_REPLICAS                                          | Compose    | 1                                     |       | .env
            REDIS_IMAGE_URL                                                    | Compose    | docker.io/bitnami/redis               |       | .env
            REDIS_IMAGE_TAG                                                    | Compose    | 7.2.3                                 |       | .env
            PROMETHEUS_IMAGE_URL                                               | Compose    | quay.io/prometheus/prometheus         |       | .env
            PROMETHEUS_IMAGE_TAG                                               | Compose    | 25.8.2                                |       | .env
            """)
    void is_refused_with_the_reason(String name, String type, String theirs, String harmless, String reason)
            throws Exception {
        assertThatThrownBy(() -> resolve(Map.of(name, theirs)))
                .as(type)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("environment variable " + name + " is not supported, because ")
                .hasMessageContaining(reason);
        if (harmless != null) {
            assertThat(resolve(Map.of(name, harmless)).warnings()).isEmpty();
        }
    }

    @Test
    void a_file_may_be_written_as_python_writes_values(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("controller_config"), """
                CLUSTER_SITE = "porto"
                CASSANDRA_SERVERS = "10.0.0.1,10.0.0.2"
                CASSANDRA_LOCAL_DC = 'dc1'
                CASSANDRA_DATACENTER_REPLICATIONFACTOR = ["dc1,3", "dc2,3"]
                CASSANDRA_TLS_ENABLED = True
                CASSANDRA_PORT = 9142
                INIT_SITE = False
                DICTMAP_ENABLED = False
                """);
        Settings settings =
                new SettingsResolver(AllSettings.CATALOG).resolve(SettingsFile.read(file), Map.of(), CONTROLLER);
        assertThat(inForce(settings, "cluster_local_site")).isEqualTo("porto");
        assertThat(inForce(settings, "CASSANDRA_SERVERS")).isEqualTo("10.0.0.1, 10.0.0.2");
        assertThat(inForce(settings, "CASSANDRA_LOCAL_DC")).isEqualTo("dc1");
        assertThat(inForce(settings, "CASSANDRA_DATACENTER_REPLICATIONFACTOR")).isEqualTo("dc1:3,dc2:3");
        assertThat(inForce(settings, "CASSANDRA_TLS_ENABLED")).isEqualTo("yes");
        assertThat(inForce(settings, "CASSANDRA_PORT")).isEqualTo("9142");
        assertThat(inForce(settings, "INIT_SITE")).isEqualTo("no");
    }
}
