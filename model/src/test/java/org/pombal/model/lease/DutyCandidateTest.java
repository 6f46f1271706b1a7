package org.pombal.model.lease;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pombal.model.site.SiteId;

/** Candidates that share a row, on a clock of the test's own. */
class DutyCandidateTest {

    private static final LeaseId DUTY = new LeaseId.OfDuty(SiteId.random(), "controller");

    /** Something that happens to a candidate at a time. */
    private record Due(long at, long order, Rival rival, LeaseEvent event) {}

    private final PriorityQueue<Due> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private final List<Rival> rivals = new ArrayList<>();
    private Optional<Lease> row = Optional.empty();
    private long now;
    private long order;
    private Random random = new Random(1);
    private double lost;

    private final class Rival {

        private final String name;
        private final DutyCandidate candidate;
        private final Deque<LeaseEvent> missed = new ArrayDeque<>();
        private boolean stopped;

        Rival(String name) {
            this.name = name;
            this.candidate = new DutyCandidate(
                    new LeaseOwner(DUTY, name, UUID.nameUUIDFromBytes(name.getBytes(UTF_8)), OptionalLong.empty()),
                    OwnershipTimings.DEFAULT);
            rivals.add(this);
            happens(now, new LeaseEvent.Tick());
        }

        void happens(long at, LeaseEvent event) {
            agenda.add(new Due(at, order++, this, event));
        }

        void take(LeaseEvent event) {
            if (stopped) {
                missed.add(event);
                return;
            }
            for (LeaseAction action : candidate.onEvent(now, event)) {
                long answered = now + 1_000_000L * (1 + random.nextInt(20));
                happens(answered, answer(action));
            }
            if (candidate.nextTick() != Long.MAX_VALUE) {
                happens(Math.max(now + 1, candidate.nextTick()), new LeaseEvent.Tick());
            }
        }

        /** The store acts at once; its answer takes a while, or does not come. */
        private LeaseEvent answer(LeaseAction action) {
            boolean unanswered = random.nextDouble() < lost;
            if (action instanceof LeaseAction.Read read) {
                return unanswered ? new LeaseEvent.ReadFailed() : new LeaseEvent.Read(row, read.serial());
            }
            LeaseAction.Write write = (LeaseAction.Write) action;
            boolean applies = row.isPresent()
                    ? write.expected().filter(row.get()::isAsIn).isPresent()
                    : write.expected().isEmpty();
            boolean arrives = !unanswered || random.nextBoolean();
            if (applies && arrives) {
                row = Optional.of(write.next());
            }
            if (unanswered) {
                return new LeaseEvent.Unknown();
            }
            return applies ? new LeaseEvent.Written(write.next()) : new LeaseEvent.Lost(row);
        }

        boolean leads() {
            return !stopped && candidate.isHeld(now);
        }

        void stop() {
            stopped = true;
        }

        void goOn() {
            stopped = false;
            missed.forEach(event -> happens(now, event));
            missed.clear();
            happens(now, new LeaseEvent.Tick());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Lets time pass; at no moment do two lead. */
    private void pass(Duration time) {
        long end = now + time.toNanos();
        while (!agenda.isEmpty() && agenda.peek().at() <= end) {
            Due due = agenda.remove();
            now = due.at();
            due.rival().take(due.event());
            assertThat(rivals.stream().filter(Rival::leads)).hasSizeLessThanOrEqualTo(1);
        }
        now = end;
    }

    private Optional<Rival> leader() {
        return rivals.stream().filter(Rival::leads).findFirst();
    }

    @Test
    void ofTwoThatStartOneLeadsAndTheOtherKnowsWho() {
        Rival a = new Rival("a");
        Rival b = new Rival("b");
        pass(Duration.ofSeconds(10));
        Rival leader = leader().orElseThrow();
        Rival other = leader == a ? b : a;
        assertThat(other.candidate.heldBy(now)).contains(leader.name);
        assertThat(leader.candidate.heldBy(now)).contains(leader.name);
        pass(Duration.ofMinutes(10));
        assertThat(leader()).contains(leader);
    }

    @Test
    void aLeaderThatIsKilledIsFollowedWithinTenSeconds() {
        Rival a = new Rival("a");
        pass(Duration.ofSeconds(2));
        assertThat(leader()).contains(a);
        Rival b = new Rival("b");
        pass(Duration.ofSeconds(20));

        a.stop();
        pass(Duration.ofSeconds(10));

        assertThat(leader()).contains(b);
    }

    @Test
    void aLeaderThatWasAsleepLeadsNoMore() {
        Rival a = new Rival("a");
        pass(Duration.ofSeconds(2));
        Rival b = new Rival("b");
        pass(Duration.ofSeconds(5));
        a.stop();
        pass(Duration.ofSeconds(12));
        a.goOn();
        assertThat(a.leads()).isFalse();
        pass(Duration.ofSeconds(30));
        assertThat(leader()).contains(b);
    }

    @Test
    void whoWithdrawsIsFollowedWithinThreeSeconds() {
        Rival a = new Rival("a");
        pass(Duration.ofSeconds(2));
        Rival b = new Rival("b");
        pass(Duration.ofSeconds(10));

        a.take(new LeaseEvent.ReleaseAsked());
        assertThat(a.leads()).isFalse();
        pass(Duration.ofSeconds(3));

        assertThat(a.candidate.isWithdrawn()).isTrue();
        assertThat(leader()).contains(b);
    }

    @Test
    void whoWithdrawsBeforeHeHadItIsGone() {
        Rival a = new Rival("a");
        a.take(new LeaseEvent.ReleaseAsked());
        pass(Duration.ofSeconds(3));
        assertThat(a.candidate.isWithdrawn()).isTrue();
        assertThat(leader()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whateverIsLostOrStoppedNeverTwoLeadAndInTheEndOneDoes(long seed) {
        random = new Random(seed);
        lost = 0.3;
        for (String name : List.of("a", "b", "c")) {
            new Rival(name);
        }
        Set<Rival> asleep = new HashSet<>();
        for (int round = 0; round < 50; round++) {
            pass(Duration.ofMillis(random.nextInt(6000)));
            Rival one = rivals.get(random.nextInt(rivals.size()));
            if (asleep.remove(one)) {
                one.goOn();
            } else if (asleep.size() < 2) {
                asleep.add(one);
                one.stop();
            }
        }
        asleep.forEach(Rival::goOn);
        lost = 0;
        pass(Duration.ofSeconds(30));
        assertThat(leader()).as("seed %s", seed).isPresent();
    }
}
