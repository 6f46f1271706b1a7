package org.pombal.bench.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.pombal.demo.server.FreePorts;
import org.pombal.geodb.Cas;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.cassandra.CassandraGeoDb;
import org.pombal.geodb.embedded.EmbeddedCassandra;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig.Port;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig.Ring;
import org.pombal.geodb.embedded.JavaHome;
import org.pombal.geodb.migration.SchemaInstaller;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;

/** A Cassandra of the benchmark's own, with Pombal's tables. */
public final class BenchGeoDb implements AutoCloseable {

    private static final String ADDRESS = "127.0.0.1";
    private static final int PATIENCE_SECONDS = 20;

    private final EmbeddedCassandra cassandra;
    private final CassandraConfig config;
    private final GeoDb geoDb;

    private BenchGeoDb(EmbeddedCassandra cassandra, CassandraConfig config, GeoDb geoDb) {
        this.cassandra = cassandra;
        this.config = config;
        this.geoDb = geoDb;
    }

    public static BenchGeoDb start(Path folder, Path checkout, FreePorts ports) {
        EmbeddedCassandra cassandra = EmbeddedCassandra.start(new EmbeddedCassandraConfig(
                folder,
                jars(checkout.resolve("app/target/pombal/lib-cassandra")),
                JavaHome.current("JAVA_HOME"),
                ADDRESS,
                new Port(ports.one(ADDRESS), "chosen"),
                new Port(ports.one(ADDRESS), "chosen"),
                Optional.empty(),
                Ring.alone(ADDRESS),
                EmbeddedCassandraConfig.DEFAULT_HEAP_MEGABYTES,
                Duration.ofMinutes(2),
                EmbeddedCassandraConfig.DEFAULT_STOP_LIMIT));
        CassandraConfig config = new CassandraConfig(
                List.of(ADDRESS),
                cassandra.config().cqlPort().number(),
                Ring.DEFAULT_DATA_CENTRE,
                CassandraConfig.DEFAULT_KEYSPACE,
                Map.of(Ring.DEFAULT_DATA_CENTRE, 1),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(5),
                CassandraConfig.LoadBalancing.DC_AWARE_ROUND_ROBIN);
        try {
            new SchemaInstaller(config, "bench", Duration.ofMinutes(2), line -> {}).install();
            return new BenchGeoDb(cassandra, config, CassandraGeoDb.connect(config));
        } catch (RuntimeException e) {
            cassandra.close();
            throw e;
        }
    }

    private static List<Path> jars(Path folder) {
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the product is not built", e);
        }
    }

    public int port() {
        return cassandra.config().cqlPort().number();
    }

    public CassandraConfig config() {
        return config;
    }

    /** For reading. */
    public GeoDb geoDb() {
        return geoDb;
    }

    /** Writes the row; returns it as it stands. */
    public Site enter(Site site) {
        return applied(geoDb.sites().create(site));
    }

    public Site update(Site site) {
        return applied(geoDb.sites().update(site));
    }

    public Backend enter(Backend backend) {
        return applied(geoDb.backends().create(backend));
    }

    public UserGroup enter(UserGroup group) {
        return applied(geoDb.groups().createIfAbsent(group));
    }

    public User enter(User user) {
        return applied(geoDb.users().createIfAbsent(user));
    }

    /** Proposes a move, as the command does that asks for one. */
    public UserGroup propose(GroupId group, GroupMove move) {
        UserGroup row = get(geoDb.groups().find(group, ReadLevel.QUORUM)).orElseThrow();
        return applied(geoDb.groups().update(GroupSteps.proposed(row, move)));
    }

    private static <T> T applied(CompletionStage<Cas<T>> outcome) {
        return ((Cas.Applied<T>) get(outcome)).row();
    }

    /** @throws IllegalStateException if GeoDB has no answer in time */
    public static <T> T get(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("GeoDB does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for GeoDB", e);
        }
    }

    @Override
    public void close() {
        geoDb.close();
        cassandra.close();
    }
}
