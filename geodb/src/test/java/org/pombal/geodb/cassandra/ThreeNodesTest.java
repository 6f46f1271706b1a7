package org.pombal.geodb.cassandra;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.pombal.geodb.Await.result;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ElectoratesContract;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.GroupsContract;
import org.pombal.geodb.LeasesContract;
import org.pombal.geodb.MoveProgressContract;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.UnknownOutcomeException;
import org.pombal.geodb.cassandra.LossySession.Loss;
import org.pombal.geodb.embedded.CassandraTrio;
import org.pombal.geodb.migration.SchemaInstaller;
import org.pombal.model.backend.BackendId;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;

/**
 * What ownership rests on, with three copies of each row: the contracts while all is well, then a node that stands still, one that dies, and
 * in the end no quorum.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class ThreeNodesTest implements LeasesContract, GroupsContract, MoveProgressContract, ElectoratesContract {

    private static final int PAUSED = 2;
    private static final int KILLED = 1;
    private static final int AFTER_THE_CONTRACTS = Order.DEFAULT;

    private final CassandraTrio trio = CassandraTrio.start();
    private final CassandraConfig config;
    private final LossySession lossy;
    private final GeoDb geoDb;
    private final GeoDb another;
    private final GeoDb third;

    ThreeNodesTest() {
        // Tables take longer to make than anything else that is asked.
        new SchemaInstaller(trio.client("trio", Duration.ofSeconds(20)), "test", Duration.ofMinutes(2), line -> {})
                .install();
        this.config = trio.client("trio", CassandraConfig.DEFAULT_REQUEST_TIMEOUT);
        this.lossy = new LossySession(new CassandraSession(config).inKeyspace());
        this.geoDb = new CassandraGeoDb(lossy.asSession(), InstantSource.system());
        this.another = CassandraGeoDb.connect(config);
        this.third = CassandraGeoDb.connect(config);
    }

    @BeforeEach
    void planNothing() {
        lossy.planNothing();
    }

    @AfterAll
    void end() {
        geoDb.close();
        another.close();
        third.close();
        trio.close();
    }

    @Override
    public GeoDb geoDb() {
        return geoDb;
    }

    @Override
    public GeoDb another() {
        return another;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public int many() {
        return 200;
    }

    @Override
    public Faults faults() {
        return new Faults() {
            @Override
            public void loseAnswers(int count) {
                lossy.plan(count, Loss.ANSWER);
            }

            @Override
            public void loseRequests(int count) {
                lossy.plan(count, Loss.REQUEST);
            }

            @Override
            public void refuse(int count) {
                lossy.plan(count, Loss.REFUSED);
            }
        };
    }

    private static Lease first() {
        return Lease.first(new LeaseId.OfBackend(BackendId.random()), "a", UUID.randomUUID());
    }

    private static Lease renewed(Lease lease) {
        return lease.renewed("a", lease.process());
    }

    @Test
    @Order(AFTER_THE_CONTRACTS + 1)
    void aWriteLeftInANodeThatStandsStillIsNotAppliedWhenTheRowHasGoneOn() throws Exception {
        Lease first = first();
        result(geoDb.leases().replace(Optional.empty(), first));
        try (CqlSession session = new CassandraSession(config).inKeyspace()) {
            trio.pause(PAUSED);
            CompletableFuture<AsyncResultSet> late = session.executeAsync(SimpleStatement.newInstance(
                                    "UPDATE leases SET counter = ?, state = ? WHERE id = ?"
                                            + " IF incarnation = ? AND counter = ? AND state = ?",
                                    first.counter() + 1,
                                    "broken",
                                    first.id().key(),
                                    first.incarnation(),
                                    first.counter(),
                                    first.state().toString())
                            .setConsistencyLevel(DefaultConsistencyLevel.LOCAL_QUORUM)
                            .setSerialConsistencyLevel(DefaultConsistencyLevel.LOCAL_SERIAL)
                            .setTimeout(Duration.ofSeconds(60))
                            .setNode(node(session, PAUSED)))
                    .toCompletableFuture();
            Lease second = renewed(first);
            Lease third = renewed(second);
            assertThat(result(geoDb.leases().replace(Optional.of(first), second)))
                    .isEqualTo(new Cas.Applied<>(second));
            assertThat(result(geoDb.leases().replace(Optional.of(second), third)))
                    .isEqualTo(new Cas.Applied<>(third));
            assertThat(late).isNotDone();

            trio.resume(PAUSED);

            // Cassandra may also give it up as too old, or lose the connection: both are as well.
            await().atMost(60, SECONDS).until(late::isDone);
            assertThat(late.isCompletedExceptionally() || !late.join().wasApplied())
                    .isTrue();
            assertThat(result(another.leases().find(first.id(), ReadLevel.SERIAL)))
                    .contains(third);
        }
    }

    private Node node(CqlSession session, int number) {
        return session.getMetadata().getNodes().values().stream()
                .filter(node -> ((InetSocketAddress) node.getEndPoint().resolve())
                        .getHostString()
                        .equals(trio.address(number)))
                .findAny()
                .orElseThrow();
    }

    @Test
    @Order(AFTER_THE_CONTRACTS + 2)
    void leasesGoOnWhileANodeStandsStill() {
        List<RenewedLease> leases = leases();
        try {
            trio.pause(PAUSED);
            awaitMoreRenewals(leases, 4);
            // Whoever asked it lost half a second of the three that are left when a renewal begins.
            await("somebody has asked the node that stands still")
                    .atMost(60, SECONDS)
                    .until(() -> leases.stream().anyMatch(ThreeNodesTest::hasAskedInVain));
            assertThat(leases)
                    .allSatisfy(lease -> assertThat(lease.course().ends()).isEmpty());
        } finally {
            trio.resume(PAUSED);
            leases.forEach(RenewedLease::close);
        }
    }

    @Test
    @Order(AFTER_THE_CONTRACTS + 3)
    void leasesGoOnWhenANodeDies() {
        List<RenewedLease> leases = leases();
        try {
            trio.kill(KILLED);
            awaitMoreRenewals(leases, 4);
            assertThat(leases)
                    .allSatisfy(lease -> assertThat(lease.course().ends()).isEmpty());
        } finally {
            leases.forEach(RenewedLease::close);
        }
    }

    private static boolean hasAskedInVain(RenewedLease lease) {
        return lease.course().leastLeft().compareTo(Duration.ofMillis(2600)) < 0;
    }

    /** Of several clients, since what befalls one depends on which node it happened to ask. */
    private List<RenewedLease> leases() {
        List<RenewedLease> leases = IntStream.range(0, 12)
                .mapToObj(number -> new RenewedLease(
                        List.of(geoDb, another, third).get(number % 3).leases()))
                .toList();
        awaitMoreRenewals(leases, 2);
        return leases;
    }

    private static void awaitMoreRenewals(List<RenewedLease> leases, int more) {
        List<Integer> before =
                leases.stream().map(lease -> lease.course().renewals()).toList();
        await().atMost(60, SECONDS).until(() -> IntStream.range(0, leases.size())
                .allMatch(i -> leases.get(i).course().renewals() >= before.get(i) + more));
    }

    @Test
    @Order(AFTER_THE_CONTRACTS + 4)
    void ofManyThatTakeALeaseFromWhatIsLeftOneGetsIt() throws Exception {
        ofManyThatTakeALeaseAtOnceOneGetsIt();
    }

    @Test
    @Order(AFTER_THE_CONTRACTS + 5)
    void withoutAQuorumNothingIsWrittenAndNobodyIsToldThatItWas() {
        Lease first = first();
        result(geoDb.leases().replace(Optional.empty(), first));
        trio.kill(PAUSED);

        assertThatThrownBy(() -> result(geoDb.leases().replace(Optional.of(first), renewed(first))))
                .isInstanceOfAny(UnknownOutcomeException.class, GeoDbUnavailableException.class);
        assertThatThrownBy(() -> result(geoDb.leases().find(first.id(), ReadLevel.SERIAL)))
                .isInstanceOf(GeoDbUnavailableException.class);
    }
}
