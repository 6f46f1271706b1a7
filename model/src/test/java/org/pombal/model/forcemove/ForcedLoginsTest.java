package org.pombal.model.forcemove;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.model.group.GroupId;
import org.pombal.model.site.SiteId;

class ForcedLoginsTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long HOLD = 10 * SECOND;
    private static final GroupId HERE = GroupId.numbered(new SiteId(new UUID(0, 1)), 1);
    private static final GroupId THERE = GroupId.numbered(new SiteId(new UUID(0, 2)), 1);
    private static final ForcedLogins.Step SERVE = new ForcedLogins.Step.Serve();
    private static final ForcedLogins.Step WAIT = new ForcedLogins.Step.Wait();

    private final ForcedLogins door = new ForcedLogins(ForceMoveRules.PROTOCOL);
    private long now;
    private long rowReadAt;

    private ForcedLogins.Login login() {
        return new ForcedLogins.Login(now, now + HOLD);
    }

    private ForcedLogins.Step before(ForcedLogins.Login login) {
        return door.before(now, login, HERE, rowReadAt, () -> Optional.of(THERE));
    }

    @Test
    void whoIsToBeElsewhereWaitsForTheDepartureAndThenForTheRow() {
        ForcedLogins.Login login = login();
        assertThat(before(login)).isEqualTo(new ForcedLogins.Step.Write(THERE));
        assertThat(before(login)).isEqualTo(WAIT);
        now += SECOND;
        door.answered(now, login, HERE, ForcedLogins.Result.WRITTEN);
        assertThat(before(login)).isEqualTo(new ForcedLogins.Step.Look());

        rowReadAt = now;
        assertThat(before(login)).as("the row says no more of it").isEqualTo(SERVE);
    }

    @Test
    void whoStaysIsServedAtOnce() {
        assertThat(door.before(now, login(), HERE, 0, Optional::empty)).isEqualTo(SERVE);
        assertThat(door.before(now, login(), HERE, 0, () -> Optional.of(HERE))).isEqualTo(SERVE);
    }

    @Test
    void oneDepartureOfAGroupIsWrittenAfterTheOther() {
        ForcedLogins.Login first = login();
        ForcedLogins.Login second = login();
        before(first);
        assertThat(before(second)).isEqualTo(WAIT);
        door.answered(now, first, HERE, ForcedLogins.Result.NOT_NOW);

        assertThat(before(first)).isEqualTo(SERVE);
        assertThat(before(second)).isEqualTo(new ForcedLogins.Step.Write(THERE));
        assertThat(door.before(now, login(), THERE, 0, () -> Optional.of(HERE)))
                .as("another group")
                .isEqualTo(new ForcedLogins.Step.Write(HERE));
    }

    @Test
    void whoeverSomebodyElseCameBeforeTriesAgain() {
        ForcedLogins.Login login = login();
        before(login);
        door.answered(now, login, HERE, ForcedLogins.Result.AGAIN);
        assertThat(before(login)).isEqualTo(new ForcedLogins.Step.Write(THERE));
    }

    @Test
    void afterGeoDbDidNotAnswerNobodyWaitsForAWhile() {
        ForcedLogins.Login login = login();
        before(login);
        door.answered(now, login, HERE, ForcedLogins.Result.UNANSWERED);
        assertThat(before(login)).isEqualTo(SERVE);
        now += ForcedLogins.PAUSE.toNanos() - 1;
        assertThat(before(login())).isEqualTo(SERVE);
        now += 1;
        assertThat(before(login())).isEqualTo(new ForcedLogins.Step.Write(THERE));
    }

    @Test
    void whateverIsAnsweredNoLoginWaitsLongerThanItsPartAndNoTwoDeparturesOfAGroupAreWrittenAtOnce() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            ForcedLogins tried = new ForcedLogins(ForceMoveRules.PROTOCOL);
            List<ForcedLogins.Login> waiting = new ArrayList<>();
            Map<ForcedLogins.Login, Long> came = new HashMap<>();
            Optional<ForcedLogins.Login> writing = Optional.empty();
            for (int step = 0; step < 300; step++) {
                now += random.nextInt(300) * SECOND / 1000;
                if (random.nextInt(3) == 0) {
                    ForcedLogins.Login login = login();
                    waiting.add(login);
                    came.put(login, now);
                }
                if (writing.isPresent() && random.nextInt(4) == 0) {
                    ForcedLogins.Result[] results = ForcedLogins.Result.values();
                    tried.answered(now, writing.get(), HERE, results[random.nextInt(results.length)]);
                    writing = Optional.empty();
                }
                for (ForcedLogins.Login login : List.copyOf(waiting)) {
                    ForcedLogins.Step next = tried.before(
                            now,
                            login,
                            HERE,
                            random.nextLong(now + 1),
                            () -> random.nextInt(5) == 0 ? Optional.empty() : Optional.of(THERE));
                    boolean late = now - requireNonNull(came.get(login)) > HOLD / ForcedLogins.PATIENCE;
                    if (late) {
                        assertThat(next).as("seed %d", seed).isEqualTo(SERVE);
                    }
                    if (next instanceof ForcedLogins.Step.Write) {
                        assertThat(writing).as("seed %d", seed).isEmpty();
                        writing = Optional.of(login);
                    } else if (next.equals(SERVE)) {
                        waiting.remove(login);
                    }
                }
            }
        }
    }
}
