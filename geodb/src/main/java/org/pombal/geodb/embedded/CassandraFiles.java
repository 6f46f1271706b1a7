package org.pombal.geodb.embedded;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig.Ring;

/** Cassandra's own configuration files, sized for a small machine, written before each start. */
final class CassandraFiles {

    private final EmbeddedCassandraConfig config;

    CassandraFiles(EmbeddedCassandraConfig config) {
        this.config = config;
    }

    Path yaml() {
        return config.folder().resolve("cassandra.yaml");
    }

    Path logback() {
        return config.folder().resolve("logback.xml");
    }

    Path rack() {
        return config.folder().resolve("cassandra-rackdc.properties");
    }

    Path systemLog() {
        return config.folder().resolve("system.log");
    }

    /** What the process prints, mostly when it does not get as far as its log. */
    Path output() {
        return config.folder().resolve("output.log");
    }

    Path data() {
        return config.folder().resolve("data");
    }

    void write() throws IOException {
        Files.createDirectories(data());
        Files.writeString(yaml(), yamlText());
        Files.writeString(logback(), logbackText());
        Files.writeString(rack(), "dc=" + config.ring().dataCentre() + "\nrack=rack1\n");
    }

    /**
     * Compare-and-sets need Paxos v2, and a commit log that is synced before a write is acknowledged: with "periodic" a
     * power cut would forget some.
     */
    private String yamlText() {
        Ring ring = config.ring();
        String seeds = ring.seeds().stream()
                .map(seed -> seed + ":" + config.storagePort().number())
                .collect(joining(","));
        return """
            cluster_name: %s
            num_tokens: 16
            partitioner: org.apache.cassandra.dht.Murmur3Partitioner
            endpoint_snitch: GossipingPropertyFileSnitch
            seed_provider:
              - class_name: org.apache.cassandra.locator.SimpleSeedProvider
                parameters:
                  - seeds: %s
            listen_address: %s
            rpc_address: %s
            storage_port: %d
            ssl_storage_port: %d
            native_transport_port: %d
            data_file_directories:
              - %s
            commitlog_directory: %s
            saved_caches_directory: %s
            hints_directory: %s
            cdc_raw_directory: %s
            commitlog_sync: batch
            paxos_variant: v2
            storage_compatibility_mode: NONE
            auto_snapshot: false
            memtable_heap_space: 64MiB
            memtable_offheap_space: 32MiB
            commitlog_segment_size: 8MiB
            commitlog_total_space: 128MiB
            key_cache_size: 8MiB
            counter_cache_size: 0MiB
            file_cache_size: 16MiB
            networking_cache_size: 16MiB
            prepared_statements_cache_size: 8MiB
            concurrent_reads: 8
            concurrent_writes: 8
            concurrent_counter_writes: 2
            native_transport_max_threads: 16
            """.formatted(
                        quoted(ring.clusterName()),
                        quoted(seeds),
                        config.address(),
                        config.address(),
                        config.storagePort().number(),
                        // Never opened, as encryption between nodes is off, but it must not equal the other one.
                        config.storagePort().number() == 65535
                                ? 65534
                                : config.storagePort().number() + 1,
                        config.cqlPort().number(),
                        quoted(data().resolve("data")),
                        quoted(data().resolve("commitlog")),
                        quoted(data().resolve("saved_caches")),
                        quoted(data().resolve("hints")),
                        quoted(data().resolve("cdc_raw")));
    }

    private String logbackText() {
        String log = systemLog().toString().replace("&", "&amp;").replace("<", "&lt;");
        return """
            <configuration>
              <appender name="file" class="ch.qos.logback.core.rolling.RollingFileAppender">
                <file>%s</file>
                <rollingPolicy class="ch.qos.logback.core.rolling.FixedWindowRollingPolicy">
                  <fileNamePattern>%s.%%i</fileNamePattern>
                  <minIndex>1</minIndex>
                  <maxIndex>3</maxIndex>
                </rollingPolicy>
                <triggeringPolicy class="ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy">
                  <maxFileSize>10MB</maxFileSize>
                </triggeringPolicy>
                <encoder>
                  <pattern>%%date{ISO8601,UTC} %%-5level [%%thread] %%logger{0} - %%msg%%n</pattern>
                </encoder>
              </appender>
              <root level="INFO">
                <appender-ref ref="file"/>
              </root>
            </configuration>
            """.formatted(log, log);
    }

    /** A YAML string, whatever characters it has. */
    private static String quoted(Object value) {
        return "'" + value.toString().replace("'", "''") + "'";
    }
}
