package org.pombal.model.mitigation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.model.mitigation.Proxies.BAD;
import static org.pombal.model.mitigation.Proxies.GOOD;
import static org.pombal.model.mitigation.Proxies.counts;
import static org.pombal.model.mitigation.Proxies.sessions;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.mitigation.MitigationAction.BringOnline;
import org.pombal.model.mitigation.MitigationAction.Shed;
import org.pombal.model.mitigation.MitigationAction.TakeOffline;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.FailureKind;
import org.pombal.model.statistics.Traffic;

class MitigationTest {

    private static final Proxies.Sight HEALTHY = (proxy, backend) -> sessions(GOOD);

    private final Proxies site = new Proxies(3, 5);

    private static Proxies.Sight only(int failing, Counts counts) {
        return (proxy, backend) -> sessions(backend == failing ? counts : GOOD);
    }

    @Test
    void aBrokenBackendIsTakenOfflineOnceItHasBeenSoForAMinute() {
        assertThat(site.minute(only(2, BAD)).actions()).isEmpty();

        assertThat(site.minute(only(2, BAD)).actions()).singleElement().satisfies(action -> {
            assertThat(action).isInstanceOf(TakeOffline.class);
            assertThat(action.target().name()).isEqualTo("b2");
            assertThat(action.reason())
                    .isEqualTo("3 of 3 observers see it broken (failures 100 % of 300, peers 0 %) for 60 s");
        });
    }

    @Test
    void aBadMinuteIsNotEnough() {
        for (int i = 0; i < 20; i++) {
            site.minute(only(2, BAD));
            site.minute(HEALTHY);
        }

        assertThat(site.actions).isEmpty();
    }

    @Test
    void itIsOnlineAgainWhenTheTestUserHasLoggedInForFiveMinutes() {
        site.run(2, only(2, BAD));
        Proxies.Sight repaired = (proxy, backend) ->
                backend == 2 ? Map.of(Traffic.PROBES, counts(6, 0, FailureKind.CONNECT, 20)) : sessions(GOOD);
        site.run(20, repaired);

        assertThat(site.actions).hasSize(2).last().isInstanceOf(BringOnline.class);
        assertThat(site.now).isEqualTo(Proxies.BEGIN.plus(Duration.ofMinutes(2 + 6)));
    }

    @Test
    void anOfflineBackendOfWhichNothingIsKnownStaysOffline() {
        site.run(2, only(2, BAD));
        site.run(60, (proxy, backend) -> backend == 2 ? Map.of() : sessions(GOOD));

        assertThat(site.actions).hasSize(1);
    }

    @Test
    void whoBreaksAgainHasToDoWellForLonger() {
        Proxies.Sight broken = only(2, BAD);
        for (int minutes : new int[] {5, 10, 20, 40, 60, 60}) {
            site.run(2, broken);
            assertThat(site.backends.get(2).status()).isEqualTo(BackendStatus.OFFLINE);
            var before = site.now;
            site.run(90, HEALTHY);
            assertThat(Duration.between(before, site.now)).isEqualTo(Duration.ofMinutes(minutes + 1));
        }
    }

    @Test
    void standbyIsNeverTouched() {
        site.status(2, BackendStatus.STANDBY);
        site.run(60, only(2, BAD));
        site.run(60, HEALTHY);

        assertThat(site.actions).isEmpty();
    }

    @Test
    void aDegradedBackendLosesAGroupEveryTenMinutes() {
        Counts fifth = counts(80, 20, FailureKind.OTHER, 50);
        for (int i = 0; i < 24; i++) {
            site.minute(only(2, fifth));
        }

        assertThat(site.actions).hasSize(3).allSatisfy(action -> assertThat(action)
                .isInstanceOf(Shed.class));
    }

    @Test
    void betweenBothThresholdsAConditionStaysAsItIs() {
        Counts little = counts(93, 7, FailureKind.OTHER, 50);
        assertThat(site.run(30, only(2, little)).actions()).isEmpty();

        site.run(10, only(2, counts(80, 20, FailureKind.OTHER, 50)));
        assertThat(site.minute(only(2, little)).judgements().get(2).condition()).isEqualTo(Condition.DEGRADED);
        assertThat(site.minute(HEALTHY).judgements().get(2).condition()).isEqualTo(Condition.HEALTHY);
        assertThat(site.minute(only(2, little)).judgements().get(2).condition()).isEqualTo(Condition.HEALTHY);
    }

    @Test
    void oneThatIsFarSlowerThanItsPeersIsDegraded() {
        assertThat(site.run(10, only(2, counts(100, 0, FailureKind.OTHER, 4_000)))
                        .actions())
                .singleElement()
                .satisfies(action -> assertThat(action.reason()).contains("3 of 3 observers see it slow"));
    }

    @Test
    void brokenDeliveryAloneTakesNobodyOffline() {
        Proxies.Sight noMail =
                (proxy, backend) -> Map.of(Traffic.SESSIONS, GOOD, Traffic.DELIVERIES, backend == 2 ? BAD : GOOD);

        assertThat(site.run(10, noMail).actions()).singleElement().isInstanceOf(Shed.class);
    }

    @Test
    void aWrongPasswordOfTheTestUserSaysNothing() {
        Counts refused = counts(0, 10, FailureKind.AUTHENTICATION, 50);
        site.run(30, (proxy, backend) -> backend == 2 ? Map.of(Traffic.PROBES, refused) : sessions(GOOD));

        assertThat(site.actions).isEmpty();
    }

    @Test
    void oneProxyAloneDoesNotDecide() {
        site.run(30, (proxy, backend) -> sessions(proxy == 0 && backend == 2 ? BAD : GOOD));
        assertThat(site.actions).isEmpty();

        // And nobody else has an opinion.
        site.run(30, (proxy, backend) -> backend != 2 ? sessions(GOOD) : proxy == 0 ? sessions(BAD) : Map.of());
        assertThat(site.actions).isEmpty();
    }

    @Test
    void aProxyThatSeesMostBrokenIsNotHeardButOthersAre() {
        Mitigation.Decision decision =
                site.run(3, (proxy, backend) -> sessions(proxy == 0 || backend == 2 ? BAD : GOOD));

        assertThat(decision.actions()).singleElement().satisfies(action -> assertThat(action.reason())
                .startsWith("2 of 2 observers see it broken"));
        assertThat(decision.held()).hasValueSatisfying(held -> assertThat(held)
                .isEqualTo("not heard, for they see most destinations broken: proxy0"));
    }

    @Test
    void whatAllSufferTakesNobodyOffline() {
        Counts refused = counts(5, 95, FailureKind.AUTHENTICATION, 50);
        site.run(60, (proxy, backend) -> sessions(refused));

        assertThat(site.actions).isEmpty();
    }

    @Test
    void twoOfFiveAtOnceAreACommonCause() {
        Mitigation.Decision decision = site.run(30, (proxy, backend) -> sessions(backend < 2 ? BAD : GOOD));

        assertThat(site.actions).isEmpty();
        assertThat(decision.held()).hasValue("2 of 5 fail at once: a common cause, nothing is done");
    }

    @Test
    void neverMoreThanTheShareIsOffline() {
        Proxies twelve = new Proxies(3, 12);
        for (int i = 0; i < 6; i++) {
            int broken = i;
            twelve.run(5, (proxy, backend) -> sessions(backend <= broken ? BAD : GOOD));
        }

        assertThat(twelve.actions).hasSize(3);
        assertThat(twelve.minute((proxy, backend) -> sessions(backend <= 2 || backend == 5 ? BAD : GOOD))
                        .held())
                .hasValueSatisfying(held -> assertThat(held)
                        .isEqualTo("b5 stays online although broken: 3 are offline of at most 3, 9 online"));
    }

    @Test
    void theLastOneStaysOnline() {
        Proxies two = new Proxies(3, 2);
        two.status(0, BackendStatus.STANDBY);
        two.run(30, (proxy, backend) -> sessions(backend == 1 ? BAD : GOOD));

        assertThat(two.actions).isEmpty();
    }

    @Test
    void oldRowsAndRowsFromTheFutureSayNothing() {
        for (Duration skew : new Duration[] {Duration.ofSeconds(-91), Duration.ofSeconds(11)}) {
            site.skew = skew;
            assertThat(site.run(30, only(2, BAD)).judgements().get(2)).satisfies(judgement -> {
                assertThat(judgement.condition()).isEqualTo(Condition.UNKNOWN);
                assertThat(judgement.reason()).contains("0 of at least 2").contains("old or from the future");
            });
        }
        assertThat(site.actions).isEmpty();
    }

    @Test
    void ofThreeProxiesTwoThatReportAreEnough() {
        site.silent.add(0);

        assertThat(site.run(5, only(2, BAD)).actions()).hasSize(1);
    }

    @Test
    void aJumpOfTheClockMakesNothingLast() {
        site.minute(only(2, BAD));
        site.now = site.now.plus(Duration.ofHours(2));
        assertThat(site.minute(only(2, BAD)).actions()).isEmpty();
        site.now = site.now.minus(Duration.ofHours(3));
        assertThat(site.minute(only(2, BAD)).actions()).isEmpty();
        assertThat(site.minute(only(2, BAD)).actions()).hasSize(1);
    }

    @Test
    void tooLittleTrafficSaysNothing() {
        site.run(30, only(2, counts(0, 19, FailureKind.CONNECT, 50)));

        assertThat(site.actions).isEmpty();
    }

    @Test
    void whateverProxiesSeeTheCapHoldsAndStandbyStays() {
        Random random = new Random(7);
        for (int round = 0; round < 60; round++) {
            Proxies any = new Proxies(1 + random.nextInt(5), 1 + random.nextInt(12));
            for (int i = 0; i < any.backends.size(); i++) {
                if (random.nextInt(6) == 0) {
                    any.status(i, BackendStatus.STANDBY);
                }
            }
            long standby = count(any, BackendStatus.STANDBY);
            int[] failing = random.ints(any.backends.size(), 0, 101).toArray();
            for (int minute = 0; minute < 60; minute++) {
                if (random.nextInt(8) == 0) {
                    failing[random.nextInt(failing.length)] = random.nextInt(101);
                }
                any.minute((proxy, backend) ->
                        sessions(counts(100 - failing[backend], failing[backend], FailureKind.CONNECT, 50)));
                long offline = count(any, BackendStatus.OFFLINE);
                long judged = any.backends.size() - standby;
                assertThat(offline).as("round %d", round).isLessThanOrEqualTo(Math.max(1, judged / 4));
                assertThat(count(any, BackendStatus.STANDBY)).isEqualTo(standby);
                assertThat(judged == 0 || count(any, BackendStatus.ONLINE) > 0).isTrue();
            }
        }
    }

    private static long count(Proxies site, BackendStatus status) {
        return site.backends.stream().filter(one -> one.status() == status).count();
    }
}
