package org.pombal.geodb.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pombal.geodb.Await.result;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Change;
import org.pombal.geodb.Changes.Entry;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.UnknownOutcomeException;
import org.pombal.geodb.memory.FaultPlan.Kind;
import org.pombal.model.group.GroupId;
import org.pombal.model.placement.User;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

/** Simulated faults, in simulated time. */
class FaultsTest {

    private record Event(Instant at, long number, Runnable task) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::number));
    private final Deque<Fault> planned = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-03-01T12:00:30Z");
    private long scheduled;

    private final User user =
            User.firstSeen(new UserKey("a@example.org"), GroupId.numbered(new SiteId(new UUID(1, 1)), 1));
    private final User rival =
            User.firstSeen(user.key(), GroupId.numbered(user.home().site(), 2));

    private InMemoryCluster cluster(long seed) {
        return new InMemoryCluster(new Random(seed), () -> now, this::nextFault, this::schedule);
    }

    private Fault nextFault(FaultPlan.Request request) {
        Fault fault = request.kind() == Kind.WRITE || request.writer().equals("calm") ? null : planned.poll();
        return fault == null ? new Fault.None() : fault;
    }

    private void schedule(Duration after, Runnable task) {
        events.add(new Event(now.plus(after), scheduled++, task));
    }

    private void letPass(Duration time) {
        Instant end = now.plus(time);
        while (!events.isEmpty() && !events.element().at().isAfter(end)) {
            Event event = events.remove();
            now = event.at();
            event.task().run();
        }
        now = end;
    }

    @Test
    void aSlowAnswerComesWhenItsTimeHasPassed() {
        planned.add(new Fault.Slow(Duration.ofMillis(500)));
        CompletableFuture<Optional<User>> found = cluster(1)
                .open("a", Duration.ZERO)
                .users()
                .find(user.key(), ReadLevel.QUORUM)
                .toCompletableFuture();

        letPass(Duration.ofMillis(499));
        assertThat(found).isNotDone();
        letPass(Duration.ofMillis(1));
        assertThat(found).isCompletedWithValue(Optional.empty());
    }

    @Test
    void anAnswerThatIsSlowerThanTheTimeOutIsNone() {
        planned.add(new Fault.Slow(Duration.ofSeconds(5)));
        CompletableFuture<Optional<User>> found = cluster(1)
                .open("a", Duration.ZERO)
                .users()
                .find(user.key(), ReadLevel.QUORUM)
                .toCompletableFuture();

        letPass(Duration.ofSeconds(2));

        assertThatThrownBy(() -> result(found)).isInstanceOf(GeoDbUnavailableException.class);
    }

    @Test
    void aCreationThatArrivesLateIsAppliedAfterItsWriterGaveUp() {
        InMemoryCluster cluster = cluster(1);
        planned.add(new Fault.Late(Duration.ofSeconds(10)));
        planned.add(new Fault.RequestLost());
        CompletableFuture<Cas<User>> created =
                cluster.open("a", Duration.ZERO).users().createIfAbsent(user).toCompletableFuture();

        letPass(Duration.ofSeconds(4));
        assertThatThrownBy(() -> result(created)).isInstanceOf(UnknownOutcomeException.class);
        GeoDb calm = cluster.open("calm", Duration.ZERO);
        assertThat(result(calm.users().find(user.key(), ReadLevel.SERIAL))).isEmpty();
        letPass(Duration.ofSeconds(6));
        assertThat(result(calm.users().find(user.key(), ReadLevel.SERIAL))).contains(user);
    }

    @Test
    void aCreationThatArrivesLateLosesAgainstOneThatCameBefore() {
        InMemoryCluster cluster = cluster(1);
        planned.add(new Fault.Late(Duration.ofSeconds(10)));
        planned.add(new Fault.RequestLost());
        cluster.open("a", Duration.ZERO).users().createIfAbsent(user);
        letPass(Duration.ofSeconds(4));

        GeoDb calm = cluster.open("calm", Duration.ZERO);
        assertThat(result(calm.users().createIfAbsent(rival))).isEqualTo(new Cas.Applied<>(rival));
        letPass(Duration.ofSeconds(10));
        assertThat(result(calm.users().find(user.key(), ReadLevel.SERIAL))).contains(rival);
    }

    @Test
    void whatIsAcceptedButNotCommittedIsSeenBySerialReadsOnlyUntilOneSettlesIt() {
        InMemoryCluster cluster = cluster(seedThatDoesNotCommit());
        planned.add(new Fault.AnswerLost());
        planned.add(new Fault.RequestLost());
        cluster.open("a", Duration.ZERO).users().createIfAbsent(user);
        GeoDb calm = cluster.open("calm", Duration.ZERO);

        assertThat(result(calm.users().find(user.key(), ReadLevel.QUORUM))).isEmpty();
        assertThat(result(calm.users().find(user.key(), ReadLevel.SERIAL))).contains(user);
        assertThat(result(calm.users().find(user.key(), ReadLevel.QUORUM))).contains(user);
    }

    private static long seedThatDoesNotCommit() {
        long seed = 0;
        while (new Random(seed).nextBoolean()) {
            seed++;
        }
        return seed;
    }

    @Test
    void anAnnouncementByAWriterThatIsAMinuteAheadIsSeenWhenThatMinuteComes() {
        InMemoryCluster cluster = cluster(1);
        Change change = new Change.SitesChanged();
        result(cluster.open("ahead", Duration.ofSeconds(60)).changes().announce(change));
        GeoDb reader = cluster.open("reader", Duration.ZERO);

        assertThat(result(reader.changes().since(now))).isEmpty();
        letPass(Duration.ofSeconds(60));
        assertThat(result(reader.changes().since(now.minusSeconds(5))))
                .extracting(Entry::change)
                .containsExactly(change);
    }

    @Test
    void announcementsExpire() {
        InMemoryCluster cluster = cluster(1);
        GeoDb geoDb = cluster.open("a", Duration.ZERO);
        result(geoDb.changes().announce(new Change.SitesChanged()));

        letPass(Duration.ofHours(6).plusMinutes(1));

        assertThat(result(geoDb.changes().since(Instant.EPOCH))).isEmpty();
    }

    @Test
    void aRunWithTheSameSeedIsTheSameRun() {
        assertThat(run(42)).isEqualTo(run(42)).isNotEqualTo(run(43));
    }

    private List<String> run(long seed) {
        now = Instant.parse("2026-03-01T12:00:30Z");
        Random chance = new Random(seed);
        InMemoryCluster cluster = new InMemoryCluster(
                new Random(seed),
                () -> now,
                request -> chance.nextInt(3) == 0 ? new Fault.AnswerLost() : new Fault.None(),
                this::schedule);
        GeoDb geoDb = cluster.open("a", Duration.ZERO);
        List<String> history = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            User next = User.firstSeen(
                    new UserKey("u" + i % 20), GroupId.numbered(user.home().site(), 1 + i));
            geoDb.users().createIfAbsent(next).whenComplete((outcome, failure) -> history.add(outcome + "/" + failure));
            letPass(Duration.ofSeconds(5));
        }
        return history;
    }
}
