package org.pombal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pombal.deployment.Checkout.Ran;

/** What check-config.sh says of files that are wrong. */
class CheckConfigTest {

    @TempDir
    private Path temporary;

    private ComposeFolder folder;

    @BeforeEach
    void copy() throws Exception {
        folder = new ComposeFolder(temporary);
    }

    private String problem(String file, int line, String what) {
        return folder.file(file) + ":" + line + ": " + what + "\n";
    }

    @Test
    void what_is_shipped_is_good_once_site_and_servers_are_filled_in() throws Exception {
        assertThat(folder.check()).isEqualTo(new Ran(0, ""));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            CONTROLLER_WORKER_LOW_PRIO_REPLICAS=two   | CONTROLLER_WORKER_LOW_PRIO_REPLICAS: 'two' is not a whole number from 1 to 64
            CONTROLLER_WORKER_HIGH_PRIO_REPLICAS=0    | CONTROLLER_WORKER_HIGH_PRIO_REPLICAS: '0' is not a whole number from 1 to 64
            CONTROLLER_WORKER_LOW_PRIO_REPLICAS=1.5   | CONTROLLER_WORKER_LOW_PRIO_REPLICAS: '1.5' is not a whole number from 1 to 64
            CONTROLLER_REDIS_REPLICAS=3               | CONTROLLER_REDIS_REPLICAS: '3' is neither 1 nor 0: several would not know of one another and lose tasks
            CONTROLLER_API_LOG_LEVEL=loud             | CONTROLLER_API_LOG_LEVEL: 'loud' is not one of error, warn, info, debug, trace
            CONTROLLER_API_PORT=70000                 | CONTROLLER_API_PORT: '70000' is not a whole number from 1 to 65535
            CONTROLLER_API_ADDRESS=localhost          | CONTROLLER_API_ADDRESS: 'localhost' is no IPv4 address
            REDIS_IMAGE_URL=redis:7.2                 | REDIS_IMAGE_URL: 'redis:7.2' is no name of an image; its tag is a variable of its own
            PROMETHEUS_IMAGE_TAG=v2 53                | PROMETHEUS_IMAGE_TAG: 'v2 53' is no tag of an image
            CASSANDRA_SERVERS=10.0.0.1                | CASSANDRA_SERVERS: is no deployment variable; settings of the controller belong into controller_config
            REDIS_REPLICAS=1                          | REDIS_REPLICAS: is no deployment variable; settings of the controller belong into controller_config
            CONTROLLER_API_PORT = 8080                | a line is NAME=value, without spaces around the sign, and this one is not
            """)
    void a_wrong_line_of_the_env_file_is_named(String line, String what) throws Exception {
        folder.env("# first\n\n" + line + "\nCOMPOSE_PROJECT_NAME=pombal\n");
        assertThat(folder.check()).isEqualTo(new Ran(78, problem(".env", 3, what)));
    }

    @Test
    void a_variable_is_given_once() throws Exception {
        folder.env("REDIS_IMAGE_TAG=7.2\nREDIS_IMAGE_TAG='7.4'\n");
        assertThat(folder.check())
                .isEqualTo(new Ran(78, problem(".env", 2, "REDIS_IMAGE_TAG: is given twice, first on line 1")));
    }

    @Test
    void all_problems_are_told_at_once() throws Exception {
        folder.env("CONTROLLER_API_PORT=x\n");
        folder.config("CLUSTER_SITE = \nCASSANDRA_SERVERS = 10.0.0.1\nREDIS_IMAGE_TAG = 7.2\nno setting\n");
        assertThat(folder.check().said())
                .isEqualTo(problem(".env", 1, "CONTROLLER_API_PORT: 'x' is not a whole number from 1 to 65535")
                        + problem("controller_config", 1, "CLUSTER_SITE: is needed, and empty")
                        + problem(
                                "controller_config",
                                3,
                                "REDIS_IMAGE_TAG: is a deployment variable; it belongs into .env")
                        + problem("controller_config", 4, "a line is NAME = value, and this one is not"));
    }

    @Test
    void executable_bits_that_were_lost_are_named() throws Exception {
        Path script = folder.file("cassandra-bootstrap.sh");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(folder.check()).isEqualTo(new Ran(78, script + ": is not executable; chmod +x " + script + "\n"));
    }

    @Test
    void a_config_that_the_containers_may_not_read_is_named() throws Exception {
        Files.setPosixFilePermissions(folder.file("controller_config"), PosixFilePermissions.fromString("rw-r-----"));
        assertThat(folder.check().said()).contains("the containers read it as user and group 10001, and may not");
        Files.delete(folder.file("controller_config"));
        assertThat(folder.check().said()).contains("controller_config: is missing");
    }
}
