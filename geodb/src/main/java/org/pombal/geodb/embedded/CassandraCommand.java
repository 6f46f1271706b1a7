package org.pombal.geodb.embedded;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of the child process. */
final class CassandraCommand {

    /** What Cassandra reaches inside the JDK: its own {@code conf/jvm17-server.options}. */
    private static final List<String> EXPORTS = List.of(
            "java.base/jdk.internal.misc",
            "java.base/jdk.internal.ref",
            "java.base/jdk.internal.perf",
            "java.base/sun.nio.ch",
            "java.base/java.lang.ref",
            "java.management.rmi/com.sun.jmx.remote.internal.rmi",
            "java.rmi/sun.rmi.registry",
            "java.rmi/sun.rmi.server",
            "java.sql/java.sql",
            "jdk.attach/sun.tools.attach",
            "jdk.compiler/com.sun.tools.javac.file",
            "jdk.unsupported/sun.misc");

    private static final List<String> OPENS = List.of(
            "java.base/java.io",
            "java.base/java.lang",
            "java.base/java.lang.module",
            "java.base/java.lang.reflect",
            "java.base/java.math",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/jdk.internal.loader",
            "java.base/jdk.internal.math",
            "java.base/jdk.internal.misc",
            "java.base/jdk.internal.module",
            "java.base/jdk.internal.ref",
            "java.base/jdk.internal.reflect",
            "java.base/jdk.internal.util.jar",
            "java.base/jdk.internal.vm",
            "java.base/sun.nio.ch",
            "java.management/sun.management",
            "jdk.management/com.sun.management.internal");

    /** How long a process waits to hear of the others of a ring before it joins. */
    private static final int RING_DELAY_MILLIS = 3000;

    /**
     * What Cassandra finds by measuring for two seconds at each start: bytes of overhead for a row in memory, which only
     * tells it when to write memtables out.
     */
    private static final int ROW_OVERHEAD_BYTES = 181;

    private CassandraCommand() {}

    /** One that ends with this process. */
    static List<String> of(EmbeddedCassandraConfig config, CassandraFiles files) {
        List<String> command = new ArrayList<>(diesWithThisProcess());
        command.addAll(unguarded(config, files));
        return command;
    }

    /** One that nothing ends but a signal. */
    static List<String> unguarded(EmbeddedCassandraConfig config, CassandraFiles files) {
        List<String> command = new ArrayList<>();
        command.add(config.java().executable().toString());
        memory(command, config);
        EXPORTS.forEach(name -> command.addAll(List.of("--add-exports", name + "=ALL-UNNAMED")));
        OPENS.forEach(name -> command.addAll(List.of("--add-opens", name + "=ALL-UNNAMED")));
        command.add("-Djdk.attach.allowAttachSelf=true");
        command.add("-Dlogback.configurationFile=" + files.logback());
        property(command, "config", files.yaml().toUri());
        command.add("-Dcassandra-rackdc.properties=" + files.rack().toUri());
        property(command, "storagedir", files.data());
        property(command, "logdir", config.folder());
        command.add("-Dcassandra-foreground=true");
        config.jmxPort().ifPresent(port -> property(command, "jmx.local.port", port.number()));
        startQuickly(command, config);
        command.add("-cp");
        command.add(config.classPath().stream().map(Path::toString).collect(joining(File.pathSeparator)));
        command.add("org.apache.cassandra.service.CassandraDaemon");
        return command;
    }

    /**
     * The kernel kills the process when the one that started it dies, by whatever signal. It only looks from the moment
     * it is told to, so the shell then checks that the parent is still there. In a session of its own the process does
     * not get the terminal's Ctrl-C, which is for its parent to handle.
     */
    private static List<String> diesWithThisProcess() {
        String parent = Long.toString(ProcessHandle.current().pid());
        return List.of(
                "setsid",
                "setpriv",
                "--pdeathsig",
                "KILL",
                "sh",
                "-c",
                "[ \"$PPID\" = \"$0\" ] && exec \"$@\"",
                parent);
    }

    /**
     * The serial collector and the first compiler only: a third less memory and processor time at start, for a tenth
     * less throughput that one machine's mail does not miss. The heap starts small because Cassandra, run by root, locks
     * into memory what there is of it.
     */
    private static void memory(List<String> command, EmbeddedCassandraConfig config) {
        command.addAll(List.of(
                "-Xms48M",
                "-Xmx" + config.heapMegabytes() + "M",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError"));
    }

    private static void startQuickly(List<String> command, EmbeddedCassandraConfig config) {
        boolean alone = config.ring().seeds().equals(List.of(config.address()));
        property(command, "ring_delay_ms", alone ? 0 : RING_DELAY_MILLIS);
        property(command, "skip_wait_for_gossip_to_settle", 0);
        property(command, "shutdown_announce_in_ms", alone ? 0 : 500);
        property(command, "superuser_setup_delay_ms", 0);
        property(command, "memtable.row_overhead_size", ROW_OVERHEAD_BYTES);
        property(command, "libjemalloc", "-");
    }

    private static void property(List<String> command, String name, Object value) {
        command.add("-Dcassandra." + name + "=" + value);
    }
}
