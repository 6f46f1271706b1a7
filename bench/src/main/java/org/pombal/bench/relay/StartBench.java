package org.pombal.bench.relay;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.pombal.bench.kit.ProcessFigures;
import org.pombal.bench.kit.Stopping;
import org.pombal.bench.load.AuthStub;
import org.pombal.bench.load.FirstLogin;
import org.pombal.demo.server.FreePorts;
import org.pombal.demo.server.PombalNode;
import org.pombal.dovecot.config.ServerAddress;

/**
 * How long a node's start takes: from when its launcher is run until a login of a known user is answered, GeoDB being
 * away. With the archive of prepared classes and without, in turns.
 */
final class StartBench {

    private static final String ADDRESS = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path checkout;
    private final Consumer<String> progress;
    private final Path folder;

    private StartBench(Path checkout, Consumer<String> progress, Path folder) {
        this.checkout = requireNonNull(checkout, "checkout is null");
        this.progress = requireNonNull(progress, "progress is null");
        this.folder = requireNonNull(folder, "folder is null");
    }

    /**
     * Measures.
     *
     * @param checkout where the product was built
     * @param rounds how often each is started
     * @param users how many the node knows
     */
    static List<StartFigures> run(Path checkout, int rounds, int users, Consumer<String> progress) {
        try {
            Path folder = Files.createTempDirectory("pombal-bench-");
            List<StartFigures> figures = new StartBench(checkout, progress, folder).run(rounds, users);
            Stopping.delete(folder);
            return figures;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare the files of a node", e);
        }
    }

    private List<StartFigures> run(int rounds, int users) throws IOException {
        Path home = checkout.resolve("app/target/pombal");
        Path withoutArchive = Files.createDirectory(folder.resolve("pombal"));
        Files.createSymbolicLink(withoutArchive.resolve("lib"), home.resolve("lib"));
        Path base = folder.resolve("base");
        Files.createDirectories(base.resolve("login"));
        try (LoadProcess auth = LoadProcess.start(
                AuthStub.class,
                folder.resolve("auth.log"),
                base.resolve("login/login").toString())) {
            requireNonNull(auth.awaitLine());
            Cluster cluster = new Cluster(folder, Optional.empty());
            progress.accept("writing what the node knows");
            cluster.writeLocalDb(folder.resolve("node/state"), users);
            List<Launch> with = new ArrayList<>();
            List<Launch> without = new ArrayList<>();
            launch(home, base, cluster, 0); // so that the files are in the machine's memory
            for (int round = 1; round <= rounds; round++) {
                with.add(launch(home, base, cluster, round));
                without.add(launch(withoutArchive, base, cluster, round));
                progress.accept(
                        "round " + round + ": " + with.get(round - 1) + ", without archive " + without.get(round - 1));
            }
            return List.of(StartFigures.of("with archive", with), StartFigures.of("without archive", without));
        }
    }

    private Launch launch(Path home, Path base, Cluster cluster, int user) {
        Path socket = base.resolve("login/pombal/cluster");
        List<String> command = List.of(
                "env",
                "POMBAL_HOME=" + home,
                checkout.resolve("app/src/main/launcher/pombal").toString());
        int port = new FreePorts(new Random()).one(ADDRESS);
        long started = System.nanoTime();
        try (PombalNode node = PombalNode.start(
                folder.resolve("node"),
                command,
                UnaryOperator.identity(),
                new ServerAddress(ADDRESS, port),
                cluster.nodeSettings(base))) {
            FirstLogin.await(socket, user, PATIENCE);
            return new Launch(System.nanoTime() - started, ProcessFigures.cpuNanos(node.processes()));
        }
    }
}
