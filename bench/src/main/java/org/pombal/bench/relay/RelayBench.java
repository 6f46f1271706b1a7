package org.pombal.bench.relay;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.pombal.bench.kit.BenchGeoDb;
import org.pombal.bench.kit.ProcessFigures;
import org.pombal.bench.kit.Stopping;
import org.pombal.bench.load.AuthStub;
import org.pombal.bench.load.LoadGenerator;
import org.pombal.bench.load.LoadResult;
import org.pombal.demo.server.FreePorts;

/**
 * Measures Pombal's node, Dovecot 2.3's director, and no relay at all, before the same stand-in for auth and under the
 * same load, in turns: A B C A B C ... So what else the machine does falls on all of them.
 */
final class RelayBench {

    private static final FreePorts PORTS = new FreePorts(new Random());
    private static final String ADDRESS = "127.0.0.1";

    private final Extent extent;
    private final Path checkout;
    private final Consumer<String> progress;
    private final Path folder;
    private final Path authSocket;

    private RelayBench(Extent extent, Path checkout, Consumer<String> progress, Path folder) {
        this.extent = requireNonNull(extent, "extent is null");
        this.checkout = requireNonNull(checkout, "checkout is null");
        this.progress = requireNonNull(progress, "progress is null");
        this.folder = folder;
        this.authSocket = folder.resolve("auth");
    }

    /**
     * Runs it; needs root, since Dovecot does.
     *
     * @param checkout where the product was built
     */
    static List<Figures> run(Extent extent, Path checkout, Consumer<String> progress) {
        Path folder = newFolder();
        boolean done = false;
        try {
            List<Figures> figures = new RelayBench(extent, checkout, progress, folder).run();
            done = true;
            return figures;
        } finally {
            if (done) {
                Stopping.delete(folder);
            } else {
                progress.accept("logs are left in " + folder);
            }
        }
    }

    private static Path newFolder() {
        try {
            Path folder = Files.createTempDirectory("pombal-bench-");
            // The director, which runs as a user of Dovecot's, has to reach the stand-in for auth.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder", e);
        }
    }

    private List<Figures> run() {
        Path log = folder.resolve("load.log");
        try (LoadProcess stub = LoadProcess.start(AuthStub.class, log, authSocket.toString());
                LoadProcess generator = LoadProcess.start(LoadGenerator.class, log)) {
            requireNonNull(stub.awaitLine());
            Load load = command -> LoadResult.parse(generator.ask(command.toLine()));
            if (!extent.withGeoDb()) {
                return measure(load, new Cluster(folder, Optional.empty()));
            }
            progress.accept("starting Cassandra");
            try (BenchGeoDb geoDb = BenchGeoDb.start(folder.resolve("geodb"), checkout, PORTS)) {
                return measure(load, new Cluster(folder, Optional.of(geoDb)));
            }
        }
    }

    private List<Figures> measure(Load load, Cluster cluster) {
        List<Rounds> all = new ArrayList<>();
        try (Relay none = new NoRelay(authSocket);
                Relay node = node("load", cluster, extent.users());
                Relay director = director("load")) {
            for (Relay relay : List.of(none, node, director)) {
                Rounds rounds = new Rounds(relay, extent, load);
                progress.accept("warming up: " + relay.name());
                rounds.warmUp();
                all.add(rounds);
            }
            for (int round = 1; round <= extent.rounds(); round++) {
                for (Rounds rounds : all) {
                    rounds.run();
                    progress.accept("round " + round + ", " + rounds.lastRound());
                }
            }
        }
        int most = extent.knownUsers().get(extent.knownUsers().size() - 1);
        List<Figures> figures = new ArrayList<>();
        figures.add(all.get(0).figures(Map.of(), OptionalDouble.empty()));
        figures.add(withMemory(all.get(1), load, () -> node("memory", cluster, most)));
        figures.add(withMemory(all.get(2), load, () -> director("memory")));
        return figures;
    }

    private Relay node(String name, Cluster cluster, int users) {
        return NodeRelay.start(
                folder.resolve("node-" + name), authSocket, PORTS.one(ADDRESS), checkout, cluster, users);
    }

    private Relay director(String name) {
        return DirectorRelay.start(folder.resolve("director-" + name), authSocket, PORTS.one(ADDRESS));
    }

    /** In a process of its own, so that the load of before is not in the figures. */
    private Figures withMemory(Rounds loaded, Load load, Supplier<Relay> start) {
        progress.accept("memory: " + loaded.relayName());
        Map<Integer, Long> resident = new LinkedHashMap<>();
        try (Relay relay = start.get()) {
            Rounds visits = new Rounds(relay, extent, load);
            int known = 0;
            for (int users : extent.knownUsers()) {
                visits.visit(known, users - known);
                known = users;
                resident.put(users, ProcessFigures.residentBytes(relay.processes()));
            }
            return loaded.figures(resident, relay.ownBytesPerUser());
        }
    }
}
