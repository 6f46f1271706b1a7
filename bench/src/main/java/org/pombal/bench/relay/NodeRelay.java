package org.pombal.bench.relay;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.pombal.bench.kit.Stopping;
import org.pombal.demo.server.PombalNode;
import org.pombal.dovecot.config.ServerAddress;

/** Pombal's node, the built product with its own launcher, beside a base_dir that has no Dovecot but the stand-in for auth. */
final class NodeRelay implements Relay {

    private static final Duration START = Duration.ofSeconds(60);

    private final PombalNode node;
    private final Path socket;

    private NodeRelay(PombalNode node, Path socket) {
        this.node = node;
        this.socket = socket;
    }

    /**
     * Starts one; returns when it is ready, and in step with GeoDB if that runs.
     *
     * @param folder for its files; the cluster's knowledge is put there before it starts
     * @param checkout where the product was built
     * @param users how many it finds in its LocalDB
     */
    static NodeRelay start(Path folder, Path authSocket, int port, Path checkout, Cluster cluster, int users) {
        requireNonNull(cluster, "cluster is null");
        Path base = folder.resolve("base");
        Path home = checkout.resolve("app/target/pombal");
        try {
            Files.createDirectories(base.resolve("login"));
            Files.createSymbolicLink(base.resolve("login/login"), authSocket);
            Files.createSymbolicLink(base.resolve("auth-userdb"), authSocket);
            for (Path made : List.of(folder, base, base.resolve("login"))) {
                Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + folder + " for a node", e);
        }
        cluster.writeLocalDb(folder.resolve("node/state"), users);
        PombalNode node = PombalNode.start(
                folder.resolve("node"),
                List.of(
                        "env",
                        "POMBAL_HOME=" + home,
                        checkout.resolve("app/src/main/launcher/pombal").toString()),
                UnaryOperator.identity(),
                new ServerAddress("127.0.0.1", port),
                cluster.nodeSettings(base));
        NodeRelay relay = new NodeRelay(node, base.resolve("login/pombal/cluster"));
        try {
            node.awaitReady(START);
            if (cluster.hasGeoDb()) {
                Stopping.await(
                        "following GeoDB's changes",
                        START,
                        () -> relay.metric("pombal_geodb_in_step").orElse(0) == 1);
            }
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
        return relay;
    }

    @Override
    public String name() {
        return "pombal node";
    }

    @Override
    public Path socket() {
        return socket;
    }

    @Override
    public boolean namesHosts() {
        return true;
    }

    @Override
    public Set<Long> processes() {
        return node.processes();
    }

    /** What the route cache says of itself. */
    @Override
    public OptionalDouble ownBytesPerUser() {
        double users = metric("pombal_known_users").orElse(0);
        OptionalDouble bytes = metric("pombal_route_cache_bytes");
        return users > 0 && bytes.isPresent() ? OptionalDouble.of(bytes.getAsDouble() / users) : OptionalDouble.empty();
    }

    private OptionalDouble metric(String name) {
        return node.get("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst();
    }

    @Override
    public void close() {
        node.close();
    }
}
