package org.pombal.geodb.cassandra;

import static com.datastax.oss.driver.api.core.config.DefaultDriverOption.*;

import com.datastax.dse.driver.api.core.config.DseDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import com.datastax.oss.driver.internal.core.loadbalancing.BasicLoadBalancingPolicy;
import com.datastax.oss.driver.internal.core.loadbalancing.DefaultLoadBalancingPolicy;
import com.datastax.oss.driver.internal.core.specex.NoSpeculativeExecutionPolicy;
import java.time.Duration;
import java.util.List;

/** How the driver behaves, where that differs from what it does by itself, and why. */
final class DriverOptions {

    /** The execution profile of compare-and-sets. */
    static final String COMPARE_AND_SET = "compare-and-set";

    /**
     * Not the newest. Of a compare-and-set that met too many others, Cassandra 5.0 sends in version 5 an error that lacks a field which the
     * driver (4.19) reads on, and so it drops the connection, with all other requests on it. In version 4 there is no such field.
     */
    private static final String PROTOCOL = "V4";

    private static final Duration SHORTEST_RECONNECT = Duration.ofMillis(200);
    private static final Duration LONGEST_RECONNECT = Duration.ofSeconds(2);
    private static final Duration SCHEMA_CHANGE = Duration.ofSeconds(20);

    private static final int QUIET_MILLIS = 100;
    private static final int SHUTDOWN_MILLIS = 2000;

    private DriverOptions() {}

    static DriverConfigLoader of(CassandraConfig config) {
        ProgrammaticDriverConfigLoaderBuilder options = DriverConfigLoader.programmaticBuilder()
                .withString(SESSION_NAME, "geodb")
                .withDuration(CONFIG_RELOAD_INTERVAL, Duration.ZERO)
                .withBoolean(DseDriverOption.MONITOR_REPORTING_ENABLED, false);
        options.withDuration(REQUEST_TIMEOUT, config.requestTimeout());
        options.withString(PROTOCOL_VERSION, PROTOCOL);
        connections(options, config.requestTimeout());
        loadBalancing(options, config);
        metadata(options, config);
        threads(options);
        return options.startProfile(COMPARE_AND_SET)
                .withClass(RETRY_POLICY_CLASS, NeverRetry.class)
                .withClass(SPECULATIVE_EXECUTION_POLICY_CLASS, NoSpeculativeExecutionPolicy.class)
                .endProfile()
                .build();
    }

    /** By default the driver notices a silent node after 35 s and waits up to a minute between tries to reconnect. */
    private static void connections(ProgrammaticDriverConfigLoaderBuilder options, Duration timeout) {
        options.withDuration(CONNECTION_CONNECT_TIMEOUT, timeout)
                .withDuration(CONNECTION_INIT_QUERY_TIMEOUT, timeout.multipliedBy(2))
                .withDuration(CONTROL_CONNECTION_TIMEOUT, timeout.multipliedBy(2))
                .withInt(CONNECTION_MAX_REQUESTS, Cql.MAX_IN_FLIGHT)
                .withBoolean(CONNECTION_WARN_INIT_ERROR, false)
                .withDuration(RECONNECTION_BASE_DELAY, SHORTEST_RECONNECT)
                .withDuration(RECONNECTION_MAX_DELAY, LONGEST_RECONNECT)
                .withDuration(HEARTBEAT_INTERVAL, Duration.ofSeconds(5))
                .withDuration(HEARTBEAT_TIMEOUT, timeout)
                // A contact point's address may change while this process runs.
                .withBoolean(RESOLVE_CONTACT_POINTS, false);
    }

    private static void loadBalancing(ProgrammaticDriverConfigLoaderBuilder options, CassandraConfig config) {
        switch (config.loadBalancing()) {
            case DC_AWARE_ROUND_ROBIN ->
                options.withClass(LOAD_BALANCING_POLICY_CLASS, DefaultLoadBalancingPolicy.class)
                        .withString(LOAD_BALANCING_LOCAL_DATACENTER, config.localDataCentre());
            case ROUND_ROBIN -> options.withClass(LOAD_BALANCING_POLICY_CLASS, BasicLoadBalancingPolicy.class);
        }
    }

    private static void metadata(ProgrammaticDriverConfigLoaderBuilder options, CassandraConfig config) {
        options.withStringList(METADATA_SCHEMA_REFRESHED_KEYSPACES, List.of(config.keyspace()))
                .withDuration(METADATA_SCHEMA_REQUEST_TIMEOUT, SCHEMA_CHANGE)
                // A second by default, which each of a dozen CREATE TABLE would wait.
                .withDuration(METADATA_SCHEMA_WINDOW, Duration.ofMillis(20))
                .withDuration(CONTROL_CONNECTION_AGREEMENT_TIMEOUT, SCHEMA_CHANGE);
    }

    /** Closing takes seconds by default; without any quiet time, Netty complains of what is still on its way. */
    private static void threads(ProgrammaticDriverConfigLoaderBuilder options) {
        options.withBoolean(NETTY_DAEMON, true)
                .withInt(NETTY_IO_SIZE, 2)
                .withInt(NETTY_ADMIN_SIZE, 1)
                .withString(NETTY_IO_SHUTDOWN_UNIT, "MILLISECONDS")
                .withInt(NETTY_IO_SHUTDOWN_QUIET_PERIOD, QUIET_MILLIS)
                .withInt(NETTY_IO_SHUTDOWN_TIMEOUT, SHUTDOWN_MILLIS)
                .withString(NETTY_ADMIN_SHUTDOWN_UNIT, "MILLISECONDS")
                .withInt(NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, QUIET_MILLIS)
                .withInt(NETTY_ADMIN_SHUTDOWN_TIMEOUT, SHUTDOWN_MILLIS);
    }
}
