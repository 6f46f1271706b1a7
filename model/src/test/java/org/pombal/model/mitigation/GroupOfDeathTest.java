package org.pombal.model.mitigation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;

class GroupOfDeathTest {

    private static final Instant NOON = Proxies.BEGIN;
    private static final GroupOfDeath.Rules RULES = GroupOfDeath.Rules.DEFAULTS;
    private static final Instant LONG_AGO = NOON.minus(Duration.ofDays(9));

    private static GroupId group(int number) {
        return GroupId.numbered(Proxies.SITE, number);
    }

    private static Instant at(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }

    private static Breakage breakage(int backend, int minute, Map<GroupId, Instant> groups) {
        return new Breakage(new BackendId(new UUID(2, backend)), at(minute), groups);
    }

    private static Map<GroupId, Instant> since(Instant since, int first, int last) {
        Map<GroupId, Instant> groups = new HashMap<>();
        for (int number = first; number <= last; number++) {
            groups.put(group(number), since);
        }
        return groups;
    }

    /** Hundred groups on the first, eleven of these on the second, one of these on the third. */
    private static List<Breakage> walk() {
        return List.of(
                breakage(7, 25, since(at(13), 17, 17)),
                breakage(1, 0, since(LONG_AGO, 1, 100)),
                breakage(4, 12, since(at(1), 10, 20)));
    }

    @Test
    void theOnlyGroupUnderWhichThreeBackendsBrokeIsHeld() {
        assertThat(GroupOfDeath.held(walk(), at(26), RULES)).containsExactly(group(17));
    }

    @Test
    void twoBackendsAreNotEnough() {
        assertThat(GroupOfDeath.held(walk().subList(1, 3), at(26), RULES)).isEmpty();
    }

    @Test
    void theSameBackendThriceIsNotThree() {
        List<Breakage> one = List.of(
                breakage(1, 0, since(LONG_AGO, 1, 1)),
                breakage(1, 10, since(at(1), 1, 1)),
                breakage(1, 20, since(at(11), 1, 1)));

        assertThat(GroupOfDeath.held(one, at(26), RULES)).isEmpty();
    }

    @Test
    void aGroupThatLivedSomewhereForAWhileBeginsAnew() {
        List<Breakage> slow = List.of(
                breakage(1, 0, since(LONG_AGO, 1, 1)),
                breakage(2, 20, since(at(1), 1, 1)),
                breakage(3, 60, since(at(21), 1, 1)));

        assertThat(GroupOfDeath.held(slow, at(61), RULES)).isEmpty();
    }

    @Test
    void manyGroupsThatFitHaveAnotherCause() {
        List<Breakage> power = List.of(
                breakage(1, 0, since(LONG_AGO, 1, 50)),
                breakage(2, 5, since(at(1), 1, 50)),
                breakage(3, 10, since(at(6), 1, 50)));

        assertThat(GroupOfDeath.held(power, at(11), RULES)).isEmpty();
    }

    @Test
    void itIsLetGoInTime() {
        assertThat(GroupOfDeath.held(walk(), at(4 * 60 - 1), RULES)).containsExactly(group(17));
        assertThat(GroupOfDeath.held(walk(), at(4 * 60), RULES)).isEmpty();
    }

    @Test
    void breakagesOfTheFutureDoNotCount() {
        assertThat(GroupOfDeath.held(walk(), at(20), RULES)).isEmpty();
    }
}
