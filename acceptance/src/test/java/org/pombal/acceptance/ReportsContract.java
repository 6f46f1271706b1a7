package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.pombal.demo.mail.ImapClient;
import org.pombal.demo.server.DovecotServer;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.node.NodeReport;
import org.pombal.model.statistics.BackendLoad;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.FailureKind;
import org.pombal.model.statistics.HostMetric;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.model.statistics.Traffic;

/** What nodes report to GeoDB of themselves and of the sessions of their Dovecots. */
abstract class ReportsContract {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HostName PROXY = new HostName("proxy1.test");

    abstract Lab lab();

    @Test
    void everyNodeIsSeenWithTheReleaseOfItsDovecot() {
        String release = lab().site().plan().dovecot().version().toString();
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<NodeReport> nodes = lab().rows().nodes();
            assertThat(nodes)
                    .extracting(node -> node.id().role() + " " + node.id().name())
                    .containsExactly(
                            "backend backend1.test", "backend backend2.test", "proxy proxy1.test", "proxy proxy2.test");
            assertThat(nodes).allSatisfy(node -> {
                assertThat(node.dovecot()).get().asString().startsWith(release);
                assertThat(node.version()).isNotEmpty();
                assertThat(node.isStale(Instant.now())).isFalse();
                assertThat(node.lag()).get().matches(lag -> lag.compareTo(PATIENCE) < 0);
            });
        });
    }

    @Test
    void sessionsAndDeliveriesOfAProxyAreCountedByBackend() {
        String user = "bob@example.org";
        lab().awaitServed(1, user);
        ProxyDestination backend = new ProxyDestination.OfBackend(lab().rows().ownerOf(user));

        for (int i = 0; i < 3; i++) {
            assertThat(lab().isServed(1, user)).isTrue();
        }
        lab().deliver(1, user);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(successes(backend, Traffic.SESSIONS)).isGreaterThanOrEqualTo(3);
            assertThat(successes(backend, Traffic.DELIVERIES)).isGreaterThanOrEqualTo(1);
        });
        DestinationStatistics row = row(backend, Traffic.SESSIONS);
        assertThat(row.counts().latency()).get().matches(latency -> latency.compareTo(PATIENCE) < 0);
        assertThat(Duration.between(row.from(), row.until())).isLessThan(Duration.ofSeconds(90));
    }

    @Test
    void aBackendThatIsGoneShowsInTheFailures() {
        String user = "tom@example.org";
        lab().awaitServed(1, user);
        ProxyDestination backend = new ProxyDestination.OfBackend(lab().rows().ownerOf(user));
        String host = lab().rows().backendOf(user).orElseThrow();
        DovecotServer server = lab().site().backends().get(host.equals("backend1") ? 0 : 1);
        long before = refused(backend);

        // All the time, since the other backend takes over in no time.
        AtomicBoolean refused = new AtomicBoolean();
        CompletableFuture<Void> logins = CompletableFuture.runAsync(() -> {
            while (!refused.get()) {
                tryToLogIn(user);
            }
        });
        server.beginStop();
        try {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(refused(backend)).isGreaterThan(before));
        } finally {
            refused.set(true);
            logins.join();
            server.close();
            server.startAgain();
            server.awaitGreetings(PATIENCE);
        }
        lab().awaitServed(1, user);
    }

    private void tryToLogIn(String user) {
        try (ImapClient imap = lab().session(user)) {
            imap.logout();
        } catch (RuntimeException refused) {
            // As it is to be while there is no backend.
        }
    }

    @Test
    void aBackendTellsItsLoadAndThatOfEachOfItsGroups() {
        String user = "grace@example.org";
        lab().awaitServed(1, user);
        BackendId backend = lab().rows().ownerOf(user);
        GroupId group = lab().rows().user(user).orElseThrow().home();

        try (ImapClient session = lab().session(user)) {
            lab().deliver(1, user);

            await().atMost(PATIENCE).untilAsserted(() -> {
                BackendLoad load = lab().rows().load(backend).orElseThrow();
                assertThat(load.host()).containsOnlyKeys(HostMetric.values());
                assertThat(load.host().getOrDefault(HostMetric.SESSIONS, 0.0)).isGreaterThanOrEqualTo(1);
                assertThat(Optional.ofNullable(load.groups().get(group))).get().satisfies(traffic -> {
                    assertThat(traffic.sessions()).isPositive();
                    assertThat(traffic.logins()).isPositive();
                    assertThat(traffic.deliveries()).isPositive();
                });
            });
            session.logout();
        }
    }

    private DestinationStatistics row(ProxyDestination destination, Traffic traffic) {
        await().atMost(PATIENCE)
                .until(() ->
                        lab().rows().statistics(PROXY, destination, traffic).isPresent());
        return lab().rows().statistics(PROXY, destination, traffic).orElseThrow();
    }

    private long successes(ProxyDestination destination, Traffic traffic) {
        return lab().rows()
                .statistics(PROXY, destination, traffic)
                .map(row -> row.counts().successes())
                .orElse(0L);
    }

    private long refused(ProxyDestination destination) {
        return row(destination, Traffic.SESSIONS).counts().failures().getOrDefault(FailureKind.CONNECT, 0L);
    }
}
