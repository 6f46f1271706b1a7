package org.pombal.bench.controller;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.pombal.bench.controller.ControllerFigures.Start;
import org.pombal.bench.kit.BenchGeoDb;
import org.pombal.bench.kit.ProcessFigures;
import org.pombal.bench.kit.Stopping;
import org.pombal.demo.server.FreePorts;
import org.pombal.demo.server.PombalController;
import org.pombal.dovecot.config.ServerAddress;

/** Starts the built controller again and again on a real Cassandra that has a site already, as after the first time. */
final class ControllerBench {

    private static final String ADDRESS = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final double MEGABYTE = 1 << 20;

    private ControllerBench() {}

    /**
     * Measures.
     *
     * @param checkout where the product was built
     * @param rounds how often it is started
     * @param idle after how long with nothing to do its memory is looked at
     */
    static ControllerFigures run(Path checkout, int rounds, Duration idle, Consumer<String> progress) {
        try {
            Path folder = Files.createTempDirectory("pombal-bench-");
            FreePorts ports = new FreePorts(new Random());
            try (BenchGeoDb geoDb = BenchGeoDb.start(folder.resolve("cassandra"), checkout, ports)) {
                List<Start> starts = new ArrayList<>();
                start(folder, checkout, ports, geoDb, Duration.ZERO); // makes the site, and warms the machine's memory
                for (int round = 1; round <= rounds; round++) {
                    starts.add(start(folder, checkout, ports, geoDb, idle));
                    progress.accept("round " + round + ": " + starts.get(round - 1));
                }
                return new ControllerFigures(starts);
            } finally {
                Stopping.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare the files of a controller", e);
        }
    }

    private static Start start(Path folder, Path checkout, FreePorts ports, BenchGeoDb geoDb, Duration idle) {
        List<String> command = List.of(
                "env",
                "POMBAL_HOME=" + checkout.resolve("app/target/pombal"),
                checkout.resolve("app/src/main/launcher/pombal").toString());
        Map<String, String> settings = Map.of(
                "cluster_local_site",
                "bench",
                "CASSANDRA_SERVERS",
                ADDRESS,
                "CASSANDRA_PORT",
                String.valueOf(geoDb.port()),
                "CASSANDRA_LOCAL_DC",
                geoDb.config().localDataCentre());
        ServerAddress address = new ServerAddress(ADDRESS, ports.one(ADDRESS));
        long began = System.nanoTime();
        try (PombalController controller = PombalController.start(
                folder.resolve("controller"), command, UnaryOperator.identity(), address, settings)) {
            controller.awaitReady(PATIENCE);
            double ready = (System.nanoTime() - began) / 1e9;
            TimeUnit.NANOSECONDS.sleep(idle.toNanos());
            return new Start(ready, ProcessFigures.residentBytes(controller.processes()) / MEGABYTE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
