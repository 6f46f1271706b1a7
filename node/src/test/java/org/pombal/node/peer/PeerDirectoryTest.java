package org.pombal.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.model.site.SiteId;
import org.pombal.model.vote.VoterId;
import org.pombal.node.ownership.OwnershipLoop;

@Timeout(60)
class PeerDirectoryTest {

    private static final VoterId SELF = new VoterId("backend/a.example");
    private static final VoterId B = new VoterId("backend/b.example");
    private static final VoterId P = new VoterId("proxy/p.example");
    private static final PeerAddress OWN = new PeerAddress("a.example", 1);
    private static final PeerAddress AT_B = new PeerAddress("b.example", 2);

    private final OwnershipLoop loop = new OwnershipLoop(System::nanoTime, bug -> {});
    private final AtomicInteger reads = new AtomicInteger();
    private volatile CompletionStage<List<PeerReport>> rows = new CompletableFuture<>();
    private volatile Optional<SiteId> site = Optional.of(SiteId.random());
    private final PeerDirectory directory = new PeerDirectory(
            loop,
            () -> site,
            here -> {
                reads.incrementAndGet();
                return rows;
            },
            SELF,
            OWN,
            Duration.ofSeconds(10));

    private static PeerReport report(VoterId peer, PeerAddress address) {
        return new PeerReport(peer, address, "at " + System.nanoTime());
    }

    private static CompletionStage<List<PeerReport>> rows(PeerReport... reports) {
        return CompletableFuture.completedFuture(List.of(reports));
    }

    private <T> T onLoop(java.util.function.Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> answer.complete(question.get()));
        return answer.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @BeforeEach
    void begin() {
        rows = rows(report(SELF, OWN), report(B, AT_B));
    }

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void aNodeIsFoundWhereItReportsItself() {
        directory.start();

        await().until(() -> directory.find(B).equals(Optional.of(AT_B)));
        assertThat(onLoop(directory::namesake)).isEmpty();
    }

    @Test
    void whatIsKnownIsRememberedWhileGeoDbIsAway() {
        directory.start();
        await().until(() -> directory.find(B).isPresent());
        rows = CompletableFuture.failedFuture(new GeoDbUnavailableException("away"));
        int before = reads.get();

        directory.find(P);

        await().until(() -> reads.get() > before);
        assertThat(onLoop(() -> directory.find(B))).contains(AT_B);
    }

    @Test
    void whoIsAskedForAndNotKnownIsLookedForSoon() {
        directory.start();
        await().until(() -> directory.find(B).isPresent());
        rows = rows(report(P, AT_B));

        await().until(() -> directory.find(P).isPresent());
        assertThat(directory.find(B)).isEmpty();
    }

    @Test
    void itWaitsUntilTheSiteIsKnown() {
        Optional<SiteId> known = site;
        site = Optional.empty();
        directory.start();
        assertThat(onLoop(() -> directory.find(B))).isEmpty();

        site = known;

        await().until(() -> directory.find(B).isPresent());
    }

    @Test
    void anotherNodeOfTheSameNameIsNoticed() {
        rows = rows(report(SELF, AT_B));
        directory.start();

        await().until(() -> onLoop(directory::namesake).equals(Optional.of(AT_B)));
    }

    @Test
    void whoReportsAgainShouldVote() {
        directory.start();
        await().until(() -> directory.find(B).isPresent());
        rows = rows(report(SELF, OWN), report(B, AT_B), report(P, AT_B));
        onLoop(() -> {
            directory.watchClosely(true);
            return true;
        });

        await().untilAsserted(() ->
                assertThat(onLoop(() -> directory.wanted(Set.of()))).containsExactly(SELF, B));
        assertThat(onLoop(directory::settled)).isFalse();

        rows = rows(report(SELF, OWN), report(B, AT_B));
        await().until(() -> onLoop(directory::settled));
    }
}
