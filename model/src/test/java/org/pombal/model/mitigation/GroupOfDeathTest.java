package org.pombal.model.mitigation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.mitigation.GroupOfDeath.Suspect;

class GroupOfDeathTest {

    private static final GroupOfDeath.Rules RULES = GroupOfDeath.Rules.DEFAULTS;

    private static GroupId group(int number) {
        return GroupId.numbered(Proxies.SITE, number);
    }

    private static Set<GroupId> groups(int first, int last) {
        Set<GroupId> groups = new HashSet<>();
        IntStream.rangeClosed(first, last).forEach(number -> groups.add(group(number)));
        return groups;
    }

    private static Instant at(int minute) {
        return Proxies.BEGIN.plus(Duration.ofMinutes(minute));
    }

    private static BackendId backend(int number) {
        return new BackendId(new UUID(2, number));
    }

    private static Breakage breakage(int backend, int minute, Set<GroupId> groups) {
        return new Breakage(backend(backend), at(minute), groups);
    }

    /** Hundred groups on the first, eleven of these on the second, one of these on the third. */
    private static List<Breakage> walk() {
        return List.of(
                breakage(7, 25, groups(17, 17)), breakage(1, 0, groups(1, 100)), breakage(4, 12, groups(10, 20)));
    }

    private static List<GroupId> held(List<Breakage> breakages, Instant now) {
        return GroupOfDeath.held(breakages, Map.of(), now, RULES).stream()
                .map(Suspect::group)
                .toList();
    }

    @Test
    void theOnlyGroupWithWhichThreeBackendsBrokeIsHeld() {
        assertThat(GroupOfDeath.held(walk(), Map.of(), at(26), RULES))
                .containsExactly(
                        new Suspect(group(17), List.of(backend(1), backend(4), backend(7)), at(25), at(25 + 4 * 60)));
    }

    @Test
    void twoBackendsAreNotEnough() {
        assertThat(held(walk().subList(1, 3), at(26))).isEmpty();
    }

    @Test
    void theSameBackendThriceIsNotThree() {
        List<Breakage> one =
                List.of(breakage(1, 0, groups(1, 1)), breakage(1, 10, groups(1, 1)), breakage(1, 20, groups(1, 1)));

        assertThat(held(one, at(26))).isEmpty();
    }

    @Test
    void aGroupThatLivedSomewhereForAWhileBeginsAnew() {
        List<Breakage> slow =
                List.of(breakage(1, 0, groups(1, 1)), breakage(2, 20, groups(1, 1)), breakage(3, 51, groups(1, 1)));

        assertThat(held(slow, at(61))).isEmpty();
    }

    @Test
    void manyGroupsThatFitHaveAnotherCause() {
        List<Breakage> power =
                List.of(breakage(1, 0, groups(1, 50)), breakage(2, 5, groups(1, 50)), breakage(3, 10, groups(1, 50)));

        assertThat(held(power, at(11))).isEmpty();
    }

    @Test
    void itIsLetGoInTimeCountedFromTheLast() {
        assertThat(held(walk(), at(25 + 4 * 60 - 1))).containsExactly(group(17));
        assertThat(held(walk(), at(25 + 4 * 60))).isEmpty();
    }

    @Test
    void breakagesOfTheFutureDoNotCount() {
        assertThat(held(walk(), at(20))).isEmpty();
    }

    @Test
    void whatWasBeforeAnOperatorLetItGoCountsNoMore() {
        Map<GroupId, Instant> released = Map.of(group(17), at(30));
        List<Breakage> more = new ArrayList<>(walk());
        more.add(breakage(8, 40, groups(17, 17)));
        more.add(breakage(9, 50, groups(17, 17)));

        assertThat(GroupOfDeath.held(more, released, at(55), RULES)).isEmpty();
        more.add(breakage(2, 60, groups(17, 17)));
        assertThat(GroupOfDeath.held(more, released, at(61), RULES))
                .extracting(Suspect::group)
                .containsExactly(group(17));
    }

    /** Whatever breaks in which order: a group that is named was on as many broken backends, and with what is older than the memory nothing changes. */
    @Test
    void inTheHistoriesOfManySitesOnlyThoseAreNamedThatWereThere() {
        for (long seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            List<Breakage> history = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Set<GroupId> groups = new HashSet<>();
                IntStream.range(0, 3).forEach(n -> groups.add(group(1 + random.nextInt(6))));
                history.add(breakage(1 + random.nextInt(5), random.nextInt(24 * 60), groups));
            }
            Instant now = at(random.nextInt(24 * 60));
            List<Suspect> held = GroupOfDeath.held(history, Map.of(), now, RULES);

            assertThat(held).as("seed %d", seed).hasSizeLessThanOrEqualTo(RULES.mostGroups());
            for (Suspect one : held) {
                assertThat(one.backends()).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(RULES.backends());
                assertThat(one.backends()).as("seed %d", seed).doesNotHaveDuplicates();
                assertThat(one.backends()).as("seed %d", seed).allMatch(backend -> history.stream()
                        .anyMatch(breakage -> breakage.backend().equals(backend)
                                && breakage.groups().contains(one.group())
                                && !breakage.at().isAfter(now)));
                assertThat(now).as("seed %d", seed).isBefore(one.until());
            }
            Collections.shuffle(history, random);
            assertThat(GroupOfDeath.held(history, Map.of(), now, RULES))
                    .as("seed %d, in another order", seed)
                    .isEqualTo(held);
        }
    }

    @Test
    void breakagesOlderThanTheMemoryMayBeForgotten() {
        for (long seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            List<Breakage> history = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                // On different backends and one after another, so that memory is long enough for each walk of the least
                // length.
                history.add(breakage(1 + i, i * random.nextInt(60), groups(1, 1)));
            }
            Instant now = at(9 * 60);
            List<Breakage> kept = history.stream()
                    .filter(one -> one.at().isAfter(now.minus(RULES.memory())))
                    .toList();

            assertThat(held(kept, now)).as("seed %d", seed).isEqualTo(held(history, now));
        }
    }
}
